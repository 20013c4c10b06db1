/** Opens incidents at their page and asks them, with the very shell of the room. */
import { loadIncident } from '../../main/cli/incident-files.ts'
import { openShift } from '../../exercises/simulator/incident/shift/index.ts'
import type { Shift } from '../../exercises/simulator/incident/shift/index.ts'
import { queryLogs } from '../../exercises/simulator/logql/index.ts'
import { instantQuery } from '../../exercises/simulator/promql/index.ts'
import { searchByFilterExpression } from '../../exercises/simulator/traces/index.ts'
import { ShellSession } from '../../exercises/simulator/bastion/index.ts'
import { localPostgres } from '../../main/validation/local-postgres.ts'
import { nodeShellHost } from '../../main/validation/shell-host.ts'
import type { CatalogueLine } from './lines.ts'

/** One incident at its page. Actions of one line do not take effect before the next, since no time passes. */
export function openIncident(contentDir: string, id: string): Shift {
  const read = loadIncident(contentDir, id)
  if (!read.ok) throw new Error(`${id} cannot be read: ${JSON.stringify(read.error)}`)
  const opening = openShift(read.value, { id: 'commands', seed: 1, level: 'on-call' })
  for (let step = opening.next(); ; step = opening.next()) {
    if (!step.done) continue
    if (step.value === null) throw new Error(`${id} pages nobody`)
    return step.value
  }
}

const sessions = new WeakMap<Shift, ShellSession>()

function sessionOf(shift: Shift): ShellSession {
  const session = sessions.get(shift) ?? new ShellSession(shift, nodeShellHost, { specs: shift.incident.spec.databases, entries: () => shift.entries, start: localPostgres })
  sessions.set(shift, session)
  return session
}

/** What the tool says, as text. */
export async function answerOf(shift: Shift, { where, line }: CatalogueLine): Promise<string> {
  const { telemetry } = shift.world
  const nowMs = telemetry.epochMs + shift.nowUs / 1000
  if (where === 'terminal') {
    const { stdout, stderr } = await sessionOf(shift).run(line, false)
    return stdout === '' ? stderr : stdout
  }
  if (where === 'metrics') {
    const answer = instantQuery(telemetry.series, line, nowMs)
    if (!answer.ok) return answer.error.message
    return answer.result.type === 'vector' ? answer.result.samples.map(({ labels, value }) => `{${Object.entries(labels).map(([name, text]) => `${name}="${text}"`).join(',')}} ${String(value)}`).join('\n') : ''
  }
  const range = { fromUs: (nowMs - 900_000) * 1000, toUs: nowMs * 1000 }
  if (where === 'traces') {
    const found = searchByFilterExpression(telemetry.traces, line, { ...range, limit: 20, order: 'slowest' })
    return found.ok ? found.value.found.flatMap(({ trace }) => trace.spans.map(({ service }) => service)).join(' ') : found.error.message
  }
  const found = queryLogs(telemetry.logs, line, { ...range, limit: 20, direction: 'newest-first' })
  return found.ok ? found.value.rows.map(({ line: text }) => text).join('\n') : found.error.message
}
