/** How a run of a test is said. */
import type { GradeCheck } from '../../../../../exercises/core/grade.ts'
import type { Place, RunFailure, TestRun, TraceEntry } from '../../../../../exercises/kinds/code/report.ts'

/** Failures of a grade that code names otherwise. */
export const failureNames = { syntax: 'Does not compile', crash: 'Crashed' } as const satisfies Partial<Record<NonNullable<GradeCheck['failure']>, string>>

const failureTitles: Readonly<Record<RunFailure['failure'], string>> = {
  wrong: 'Not met',
  time: 'Ran out of time',
  memory: 'Ran out of memory',
  crash: 'Crashed',
}

export function failureTitle(failure: RunFailure['failure']): string {
  return failureTitles[failure]
}

export function placeWords({ file, line, inside }: Place): string {
  return `${file}, line ${String(line)}${inside === undefined ? '' : `, in ${inside}`}`
}

/** Virtual time, with thousands apart: "1,200 ms". */
export function virtualTime(ms: number): string {
  return `${ms.toLocaleString('en')} ms`
}

/** Which of a test's runs failed: "run 3, schedule 12"; for one that passed, how many there were: "5 runs". */
export function scheduleWords({ seed, schedule, passed }: TestRun): string {
  const count = schedule ?? seed
  if (passed) return count > 1 ? `${String(count)} ${schedule === undefined ? 'runs' : 'schedules'}` : ''
  return [...(seed > 1 ? [`run ${String(seed)}`] : []), ...(schedule === undefined ? [] : [`schedule ${String(schedule)}`])].join(', ')
}

/** What happened, in one line of a timeline. */
export function entryWords(entry: TraceEntry): { what: string; text: string } {
  switch (entry.kind) {
    case 'timer':
      return { what: 'timer', text: `set for ${virtualTime(entry.delayMs)}` }
    case 'call':
      return { what: `call ${String(entry.call)} to ${entry.name}`, text: `(${entry.text})` }
    case 'return':
      return { what: `${entry.name} ${entry.outcome === 'value' ? 'answers' : 'fails'} call ${String(entry.call)}`, text: entry.text }
    case 'note':
      return { what: 'note', text: entry.text }
    case 'console':
      return { what: `console.${entry.level}`, text: entry.text }
  }
}
