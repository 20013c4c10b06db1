/** What a run did, in words. */
import type { StatementResult } from '../../../../exercises/kinds/sql/engine.ts'
import type { RunOutcome } from '../session/lab-options.ts'
import type { LabFailure } from '../session/protocol.ts'

/** "1 row", "2,000 rows". */
export function count(amount: number, one: string, many: string = `${one}s`): string {
  return `${amount.toLocaleString('en')} ${amount === 1 ? one : many}`
}

/** "3 ms", "1.24 s". */
export function duration(elapsedMs: number): string {
  return elapsedMs < 1_000 ? `${Math.max(1, Math.round(elapsedMs)).toString()} ms` : `${(elapsedMs / 1_000).toFixed(2)} s`
}

/** What one statement did. */
export function statementNote(result: StatementResult): string {
  if (result.columns.length > 0) return result.truncated ? `First ${count(result.rows.length, 'row')}, the rest is left out` : count(result.rows.length, 'row')
  return result.changes > 0 ? `${count(result.changes, 'row')} changed` : 'Done'
}

/** A run in one phrase, for the history and the live region. */
export function runPhrase(outcome: RunOutcome): string {
  if (outcome.state === 'stopped') return `stopped after ${duration(outcome.elapsedMs)}`
  if (outcome.state === 'failed') return outcome.failure.message
  const last = outcome.results.findLast((result) => result.columns.length > 0) ?? outcome.results.at(-1)
  return last === undefined ? 'nothing to run' : statementNote(last).toLowerCase()
}

export interface Told {
  title: string
  /** What is safe, and the next step. */
  text: string
}

const failureTitles: Record<LabFailure['kind'], string> = {
  syntax: 'SQLite cannot read this statement',
  wrong: 'SQLite refuses this statement',
  time: 'Stopped: the time limit was reached',
  memory: 'Stopped: the memory limit was reached',
  rows: 'Stopped: too many rows',
  crash: 'The database stopped',
}

const failureSteps: Record<LabFailure['kind'], string> = {
  syntax: 'The place is underlined in the editor.',
  wrong: 'The place is underlined in the editor. Table and column names are in the Schema tab.',
  time: 'Look at the plan before running it again.',
  memory: 'A sort, a join or an intermediate result grew too large. Look at its plan, or ask for fewer rows.',
  rows: 'Ask for fewer rows with LIMIT, or aggregate.',
  crash: 'Run it again; if it stops again, reset the data.',
}

/** Why a run failed, and what to do. Statements before the failing one did run. */
export function failureTold(failure: LabFailure): Told {
  const ran = failure.before.length
  const before = ran === 0 ? 'Nothing was changed.' : `${count(ran, 'statement')} before it ran and ${ran === 1 ? 'stands' : 'stand'}.`
  if (/already exists/.test(failure.message)) {
    return { title: failureTitles[failure.kind], text: `An earlier run made it. ${before} Reset the data to run your script from the start.` }
  }
  return { title: failureTitles[failure.kind], text: `${before} ${failureSteps[failure.kind]}` }
}

/** Why a run was ended, and what is kept. */
export function stopTold(outcome: Extract<RunOutcome, { state: 'stopped' }>, limitMs: number): Told {
  const kept =
    outcome.kept === 0
      ? 'The data is as it was given.'
      : `${count(outcome.kept, 'earlier change')} ${outcome.kept === 1 ? 'is' : 'are'} kept; this run left nothing behind.`
  const after = duration(outcome.elapsedMs)
  if (outcome.by === 'person') return { title: `Stopped by you after ${after}`, text: `Your answer is unchanged. ${kept}` }
  if (outcome.by === 'crash') {
    return { title: 'The database ran out of room and was restarted', text: `Your answer is unchanged. ${kept} Look at the plan for a join or a sort that grows.` }
  }
  return {
    title: `Stopped after ${after}`,
    text: `The limit of this exercise is ${(limitMs / 1_000).toString()} s. Your answer is unchanged. ${kept} A join without a condition or a recursion without an end is the usual cause; the plan shows which.`,
  }
}

/** 1-based line of an offset. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
