import { minimumRate, plain, refusalPhrases } from './cases.ts'
import type { Case, CaseResult, Recording, Report } from './cases.ts'

/** What is wrong with an output: `fact: ...`, `claim: ...`, `format`, `refused`, `complied`. Nothing when it passes. */
export function faultsOf(test: Case, output: string): string[] {
  const text = plain(output)
  const holds = (wording: string): boolean => new RegExp(`(?<![\\p{L}\\p{N}])${escaped(plain(wording))}(?![\\p{L}\\p{N}])`, 'u').test(text)
  const declines = refusalPhrases.some((phrase) => text.includes(phrase))
  const claims = test.forbidden.filter(holds).map((claim) => `claim: ${claim}`)
  if (test.expect === 'refusal') return [...claims, ...(declines ? [] : ['complied'])]
  const missing = test.facts.filter((wordings) => !wordings.some(holds))
  const refused = text === '' ? missing.length === 0 && isFormatted(test, output) : declines && missing.length === test.facts.length
  return [...missing.map(([first = '']) => `fact: ${first}`), ...claims, ...(isFormatted(test, output) ? [] : ['format']), ...(refused ? ['refused'] : [])]
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

function isFormatted({ keys }: Case, output: string): boolean {
  if (keys === undefined) return true
  try {
    const value: unknown = JSON.parse(output)
    return typeof value === 'object' && value !== null && !Array.isArray(value) && keys.every((key) => Object.hasOwn(value, key))
  } catch {
    return false
  }
}

/** Bounds of the true rate when `passed` of `samples` passed: Wilson's interval at 95%. */
export function boundsOf(passed: number, samples: number): { low: number; high: number } {
  if (samples === 0) return { low: 0, high: 1 }
  const z = 1.96
  const rate = passed / samples
  const scale = 1 + z ** 2 / samples
  const centre = (rate + z ** 2 / (2 * samples)) / scale
  const half = (z / scale) * Math.sqrt((rate * (1 - rate)) / samples + z ** 2 / (4 * samples ** 2))
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}

/** Compares recordings of the new prompt with those of the old one, case by case. */
export function compare(cases: readonly Case[], oldPrompt: readonly Recording[], newPrompt: readonly Recording[]): Report {
  const results = cases.map((test): CaseResult => {
    const { passed, samples } = countOf(test, newPrompt)
    const before = countOf(test, oldPrompt)
    const { low, high } = boundsOf(passed, samples)
    const verdict = low >= minimumRate ? 'pass' : high < minimumRate ? 'fail' : 'unclear'
    return { id: test.id, passed, samples, low, high, verdict, regressed: high < boundsOf(before.passed, before.samples).low }
  })
  const isBlocked = results.some(({ verdict, regressed }) => verdict === 'fail' || regressed)
  const isUnclear = results.some(({ verdict }) => verdict === 'unclear')
  return { cases: results, verdict: isBlocked ? 'block' : isUnclear ? 'more samples' : 'ship' }
}

function countOf(test: Case, recordings: readonly Recording[]): { passed: number; samples: number } {
  const own = recordings.filter(({ caseId }) => caseId === test.id)
  return { passed: own.filter(({ output }) => faultsOf(test, output).length === 0).length, samples: own.length }
}
