/**
 * What learners sent as "my answer is right", kept by the author in `exercises/<id>/reports/`. Each is a proof from then
 * on: an answer that must pass, or, once the author has said why it is wrong, one that must fail.
 */
import { z } from 'zod'
import type { Problem } from '../../../exercises/core/problem.ts'
import type { ProofAnswer } from './exercise-files.ts'
import { listFolder, readSource } from './source-files.ts'

/** As the workspace saves it, with the author's answer; what else is in the file is for people. */
const reportSchema = z.object({
  exercise: z.string(),
  version: z.number().int(),
  answer: z.string(),
  /** Why the learner holds the answer to be right. */
  reason: z.string().default(''),
  /** Written into the file by the author who does not agree. */
  answered: z.object({ verdict: z.literal('wrong'), because: z.string().trim().min(1) }).optional(),
})

/** A reported answer that must pass, with what its author is told when it does not. */
export interface ReportedAnswer extends ProofAnswer {
  /** The learner's reason and the version that they had. */
  said: string
}

export interface Reports {
  /** Must pass. */
  right: ReportedAnswer[]
  /** Must fail, since the author answered so. */
  wrong: (ProofAnswer & { belief: string })[]
  problems: Problem[]
}

/** All kept reports. One that cannot be read is an error at its file. */
export function readReports(contentDir: string, id: string): Reports {
  const reports: Reports = { right: [], wrong: [], problems: [] }
  for (const name of listFolder(contentDir, `exercises/${id}/reports`).files) {
    const file = `exercises/${id}/reports/${name}`
    const read = readSource(contentDir, file)
    if ('problem' in read) {
      reports.problems.push(read.problem)
      continue
    }
    const report = reportSchema.safeParse(parseJson(read.source.text))
    const fault = !report.success ? `This is not a report as the workspace saves it: ${faultWords(report.error)}.` : report.data.exercise === id ? null : `This report is about "${report.data.exercise}"; it belongs in exercises/${report.data.exercise}/reports.`
    if (!report.success || fault !== null) {
      reports.problems.push({ file, line: 1, severity: 'error', rule: 'exercise.report', message: fault ?? '' })
      continue
    }
    const { answer, reason, version, answered } = report.data
    if (answered === undefined) reports.right.push({ name: `reports/${name}`, answer, said: `version ${version}${reason === '' ? '' : `, "${reason}"`}` })
    else reports.wrong.push({ name: `reports/${name}`, answer, belief: reason === '' ? answered.because : reason })
  }
  return reports
}

function faultWords(error: z.ZodError): string {
  const [first] = error.issues
  return first === undefined || first.path.length === 0 ? 'it is no JSON object' : `\`${first.path.join('.')}\`: ${first.message}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
