/** What a judge says of one criterion, and how such judgements become a grade. */
import type { Grade, GradeCheck } from './grade.ts'
import { gradeFromChecks } from './grade.ts'

export interface Judgement {
  passed: boolean
  /** 0..1 of the points, where the criterion is met in part. */
  share: number
  /** What the judge saw; a list is one line each. */
  evidence: string | readonly string[]
  /** 1-based line of the answer that the evidence is about. */
  line?: number
}

/** Nothing was there to judge, or it could not be read. */
export interface NotJudged {
  failure: 'not-run' | 'syntax'
  evidence: string
  line?: number
}

interface Criterion {
  id: string
  label: string
  points: number
  hint?: string | undefined
}

/** Judges each criterion on its own and folds the outcome into a grade; a share earns points, rounded to hundredths. */
export function gradeByJudging<Check extends Criterion>(checks: readonly Check[], judge: (check: Check) => Judgement | NotJudged): Grade {
  return gradeFromChecks(
    checks.map((check): GradeCheck => {
      const { id, label, points, hint } = check
      const judgement = judge(check)
      const evidence = typeof judgement.evidence === 'string' ? judgement.evidence : judgement.evidence.join('\n')
      const common = { id, label, points, ...(hint === undefined ? {} : { hint }), evidence }
      const place = judgement.line === undefined ? {} : { line: judgement.line }
      if ('failure' in judgement) return { ...common, passed: false, failure: judgement.failure, ...place }
      if (judgement.passed) return { ...common, passed: true }
      const earned = Math.round(points * judgement.share * 100) / 100
      return { ...common, passed: false, failure: 'wrong', ...(earned > 0 && earned < points ? { earned } : {}), ...place }
    }),
  )
}
