/** Reads the two forms of an answer that are more than SQL: a client with its retries, and a schedule of sessions. */
import { lineAt } from './statements.ts'

export interface ClientAnswer {
  /** The text with the client's own lines blanked, so that places stay. */
  sql: string
  /** After which errors the whole is run again, and how often at most. */
  retry: { sqlstates: string[]; times: number }
}

export interface ScheduleStep {
  session: string
  sql: string
  /** 1-based line of the answer. */
  line: number
}

export interface AnswerFault {
  message: string
  line: number
}

const retryLine = /^[ \t]*\\retry\b.*$/gm

/** `\retry 40001 40P01 times 10` on a line of its own: what psql cannot say, an application must. */
export function readClient(text: string): { answer: ClientAnswer; faults: AnswerFault[] } {
  const retry: ClientAnswer['retry'] = { sqlstates: [], times: 0 }
  const faults: AnswerFault[] = []
  const sql = text.replace(retryLine, (line, offset: number) => {
    const read = /^\s*\\retry((?:\s+[0-9A-Z]{5})+)\s+times\s+(\d{1,3})\s*;?\s*$/.exec(line)
    if (read === null) faults.push({ message: 'Write it as \\retry 40001 times 10: SQLSTATEs, then how often at most.', line: lineAt(text, offset) })
    else {
      retry.sqlstates.push(...(read[1] ?? '').trim().split(/\s+/))
      retry.times = Number(read[2])
    }
    return ' '.repeat(line.length)
  })
  return { answer: { sql, retry }, faults }
}

/** `A: BEGIN;` starts a step of session A; lines without a label continue it. Steps are played from top to bottom. */
export function readSchedule(text: string, sessions: readonly string[]): { steps: ScheduleStep[]; faults: AnswerFault[] } {
  const steps: ScheduleStep[] = []
  const faults: AnswerFault[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const labelled = /^\s*([A-Za-z]\w*)\s*:(?![:=])(.*)$/.exec(line)
    const [, session, sql] = labelled ?? []
    const last = steps.at(-1)
    if (session !== undefined && sql !== undefined) {
      if (!sessions.includes(session)) faults.push({ message: `There is no session ${session}; there are ${sessions.join(', ')}.`, line: index + 1 })
      else steps.push({ session, sql: sql.trim(), line: index + 1 })
    } else if (line.trim() !== '' && !line.trim().startsWith('--')) {
      if (last === undefined) faults.push({ message: `Say which session runs it, as in ${sessions[0] ?? 'A'}: ${line.trim().slice(0, 30)}`, line: index + 1 })
      else last.sql += `\n${line}`
    }
  }
  return { steps, faults }
}

/** Every order in which clients can take their turns, at most `max` of them, evenly taken and always the same. */
export function interleavings(turns: readonly number[], max: number): number[][] {
  const all: number[][] = []
  const left = [...turns]
  const order: number[] = []
  const visit = (): void => {
    if (all.length >= 20_000) return
    if (left.every((count) => count === 0)) {
      all.push([...order])
      return
    }
    for (const [client, count] of left.entries()) {
      if (count === 0) continue
      left[client] = count - 1
      order.push(client)
      visit()
      order.pop()
      left[client] = count
    }
  }
  visit()
  if (all.length <= max) return all
  return Array.from({ length: max }, (_, index) => all[Math.floor((index * (all.length - 1)) / Math.max(max - 1, 1))] ?? [])
}

/** Puts a client's number into its parameters. */
export function clientParameters(parameters: Readonly<Record<string, string | number | null>>, client: number): Record<string, string | number | null> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, value === '{client}' ? client : typeof value === 'string' ? value.replaceAll('{client}', String(client)) : value]),
  )
}
