/** The causes among which a learner chooses. That nothing is wrong is always one of them, so that its being there tells nothing. */
import { parseClaim } from './claim.ts'
import type { IncidentSpec } from './schema.ts'

/** A choice of the diagnosis. */
export interface CauseChoice {
  readonly id: string
  readonly label: string
}

/** Id of the true cause among the choices. */
export const trueCause = 'cause'
/** Id of the rival that says that nothing is wrong. */
const falseAlarm = 'false-alarm'
/**
 * The same words in every incident: what a false alarm would be in this one would tell whether it is one. They fit an alert
 * that is wrong as well as one that is right about work that was planned.
 */
export const noFaultLabel = 'No fault to mend: users are well (a false alarm, or planned work)'

/** Adds to an incident with a fault, where its author has not, that it could be a false alarm, and what excludes it: users are hurt. */
export function withFalseAlarm(spec: IncidentSpec): IncidentSpec {
  const claim = parseClaim('< 0.5')
  if (spec.kind === 'false-alarm' || claim === null || spec.rivals.some(({ id }) => id === falseAlarm)) return spec
  const hurt = { kind: 'promql' as const, query: `avg_over_time((count(${spec.objective.when.trim()}) or vector(0))[4m:15s])`, claim }
  const evidence = { id: 'users-hurt', label: 'Users are hurt: the objective held for less than half of the last 4 minutes', ...hurt, tellsApartFrom: [falseAlarm], commands: [] }
  const rival = { id: falseAlarm, label: noFaultLabel, because: `Users are not well. What should hold, and does not: ${spec.objective.label}.`, innocent: hurt }
  return { ...spec, truth: { ...spec.truth, evidence: [...spec.truth.evidence, evidence] }, rivals: [...spec.rivals, rival] }
}

/** True cause and rivals, as a learner reads them. */
export function causeChoices({ kind, truth, rivals }: IncidentSpec): readonly CauseChoice[] {
  return [
    { id: trueCause, label: kind === 'false-alarm' ? noFaultLabel : truth.label },
    ...rivals.map(({ id, label }) => ({ id, label: id === falseAlarm ? noFaultLabel : label })),
  ]
}

/** Whether a choice says that there is nothing to mend. */
export function saysNoFault(kind: IncidentSpec['kind'], cause: string): boolean {
  return cause === (kind === 'false-alarm' ? trueCause : falseAlarm)
}
