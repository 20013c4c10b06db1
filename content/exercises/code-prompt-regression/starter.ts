import { plain } from './cases.ts'
import type { Case, Recording, Report } from './cases.ts'

/** What is wrong with an output: `fact: ...`, `claim: ...`, `format`, `refused`, `complied`. Nothing when it passes. */
export function faultsOf(test: Case, output: string): string[] {
  return test.facts.filter((wordings) => !plain(output).includes(wordings[0] ?? '')).map((wordings) => `fact: ${wordings[0] ?? ''}`)
}

/** Bounds of the true rate when `passed` of `samples` passed: Wilson's interval at 95%. */
export function boundsOf(passed: number, samples: number): { low: number; high: number } {
  return { low: passed / samples, high: passed / samples }
}

/** Compares recordings of the new prompt with those of the old one, case by case. */
export function compare(cases: readonly Case[], oldPrompt: readonly Recording[], newPrompt: readonly Recording[]): Report {
  const rate = (recordings: readonly Recording[]): number => recordings.filter(({ caseId, output }) => cases.some((test) => test.id === caseId && faultsOf(test, output).length === 0)).length / recordings.length
  return { cases: [], verdict: rate(newPrompt) >= rate(oldPrompt) ? 'ship' : 'block' }
}
