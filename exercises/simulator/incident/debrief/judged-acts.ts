/** What the learner did, each act with what it was worth and why. */
import type { Incident } from '../read-incident.ts'
import type { IncidentSpec } from '../schema.ts'
import { judgedAct } from '../score.ts'
import type { ShiftEntry } from '../shift/index.ts'

export interface JudgedAct {
  readonly atUs: number
  readonly action: string
  readonly target: string
  readonly by: 'console' | 'terminal'
  /** What was done, in the simulator's words; what was asked for where it was refused. */
  readonly summary: string
  /** When it took hold; null for what was refused. */
  readonly effectUs: number | null
  readonly verdict: 'right' | 'needless' | 'harmful' | 'refused' | 'not judged'
  readonly because: string
}

/** Every act of a shift in its order; those that the incident does not name say so. */
export function judgeActs(spec: IncidentSpec, second: Incident['second'], entries: readonly ShiftEntry[]): readonly JudgedAct[] {
  return entries.flatMap((entry): readonly JudgedAct[] => {
    if (entry.type !== 'acted') return []
    const { atUs, act, by, refused, effectUs, summary } = entry
    const base = { atUs, action: act.action, target: act.target, by, effectUs }
    if (refused !== null) return [{ ...base, summary: `${act.action} ${act.target}`, verdict: 'refused', because: refused }]
    const judged = judgedAct(spec.actions, act)
    if (judged === undefined && act.target === second?.component) return [{ ...base, summary, verdict: 'not judged', because: 'It is about the second fault, which is not graded.' }]
    if (judged === undefined && spec.kind === 'false-alarm') return [{ ...base, summary, verdict: 'needless', because: 'Users were well, so nothing had to be done.' }]
    return [{ ...base, summary, verdict: judged?.verdict ?? 'not judged', because: judged?.because ?? 'The incident names no verdict on this action. The curves show what came of it.' }]
  })
}
