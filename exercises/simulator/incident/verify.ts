/** Checks by machine that an incident is what it says: see `properties`. */
import { createWorld } from '../model/index.ts'
import { conditionHolds, observe } from './observe.ts'
import type { Observed } from './observe.ts'
import { firstPageUs, lastPageUs, playFromPage, runToPage } from './play.ts'
import type { PagedWorld, Played } from './play.ts'
import type { Incident } from './read-incident.ts'
import type { Observation } from './schema.ts'

/** What is checked; see docs/incidents.md. */
export type Property = 'alert-fires' | 'alert-quiet' | 'does-not-heal' | 'stays-well' | 'expert-restores' | 'wrong-play' | 'evidence' | 'rival-innocent' | 'mode'

/** A property that does not hold, and what was seen. */
export interface Failure {
  readonly id: string
  readonly property: Property
  readonly why: string
}

/** A wrong play counts as worse from this many times the failures of doing nothing. */
const worseFactor = 1.02

/** Checks one seed. Without `wrongPlays` those are left out, which is quicker. */
export function verifySeed(incident: Incident, seed: number, options: { readonly wrongPlays: boolean }): readonly Failure[] {
  const { spec, topology } = incident
  const failures: Failure[] = []
  const failed = (property: Property, why: string): void => void failures.push({ id: spec.id, property, why: `seed ${seed}: ${why}` })

  const paged = runToPage(incident, seed)
  const isEarly = paged !== null && paged.pageUs <= spec.history
  if (isEarly) failed('alert-fires', `${spec.page.alert} fired at ${minutes(paged.pageUs)}, before the shift opened at ${minutes(spec.history)}.`)
  if (spec.kind === 'false-alarm') {
    if (!isEarly) verifyFalseAlarm(incident, paged, options, failed)
    return failures
  }
  const firstFaultUs = Math.min(...topology.faults.map(({ atUs }) => atUs))
  if (paged === null) failed('alert-fires', `${spec.page.alert} has not fired by ${minutes(lastPageUs(incident))}.`)
  else if (!isEarly && paged.pageUs < firstFaultUs) failed('alert-fires', `${spec.page.alert} fired at ${minutes(paged.pageUs)}, before the fault.`)

  const quiet = createWorld(topology, { seed, withoutFaults: true })
  const evidenceUs = (paged === null || isEarly ? lastPageUs(incident) : paged.pageUs) + spec.truth.at
  quiet.runUntil(evidenceUs)
  const quietSees = (what: Observation): Observed => observe(quiet, what, spec.history)
  const calm = spec.truth.evidence.map((evidence) => ({ evidence, seen: quietSees(evidence) }))
  quiet.runUntil(Math.max(evidenceUs, lastPageUs(incident) + spec.objective.within))
  const falseAlarmUs = firstPageUs(quiet, spec.page.alert)
  if (falseAlarmUs !== null) failed('alert-quiet', `${spec.page.alert} fires at ${minutes(falseAlarmUs)} with no fault.`)
  // All that follows counts from the page, which nobody was there to see when it came early.
  if (paged === null || isEarly) return failures

  const idle = playFromPage(incident, paged, [])
  if (idle.restoredUs !== null && spec.objective.heals === undefined) failed('does-not-heal', `with no action it is restored ${minutes(idle.restoredUs - paged.pageUs)} after the page.`)
  if (idle.restoredUs === null && spec.objective.heals !== undefined) failed('does-not-heal', 'it says that it heals, and does not.')
  verifyExpert(incident, paged, failed)
  verifyTelemetry(incident, paged, calm, failed)
  if (options.wrongPlays) verifyWrongPlays(incident, paged, idle, failed)
  return failures
}

type Fail = (property: Property, why: string) => void

/** A false alarm pages though users are well, and they stay so as long as nobody does anything. */
function verifyFalseAlarm(incident: Incident, paged: PagedWorld | null, options: { readonly wrongPlays: boolean }, failed: Fail): void {
  const { spec } = incident
  if (paged === null) {
    failed('alert-fires', `${spec.page.alert} has not fired by ${minutes(lastPageUs(incident))}.`)
    return
  }
  const { world, pageUs } = paged
  const { scrapeUs } = world.topology.telemetry
  for (let atUs = spec.history; atUs < pageUs; atUs += scrapeUs) {
    if (conditionHolds(world, spec.objective.when, atUs)) continue
    failed('stays-well', `the objective does not hold at ${minutes(atUs)}, before the page.`)
    break
  }
  const idle = playFromPage(incident, paged, spec.expert)
  if (idle.restoredUs === null || idle.mitigatedUs === null || idle.mitigatedUs > world.nowUs) failed('stays-well', 'the objective does not hold from the page on, with no action.')
  verifyTelemetry(incident, paged, [], failed)
  if (options.wrongPlays) verifyWrongPlays(incident, paged, idle, failed)
}

function verifyExpert(incident: Incident, paged: PagedWorld, failed: Fail): void {
  const { expert, objective } = incident.spec
  const played = playFromPage(incident, paged, expert)
  for (const { act, refused } of played.acts) if (refused !== null) failed('expert-restores', `${act.action} ${act.target} is refused: ${refused}`)
  const wanted = expert.filter(({ act }) => act !== undefined).length
  if (played.acts.length < wanted) failed('expert-restores', `only ${played.acts.length} of ${wanted} actions came to their moment.`)
  if (played.restoredUs === null) failed('expert-restores', `not restored ${minutes(objective.within)} after the page.`)
}

function verifyTelemetry({ spec }: Incident, paged: PagedWorld, calm: readonly { readonly evidence: Incident['spec']['truth']['evidence'][number]; readonly seen: Observed }[], failed: Fail): void {
  const world = paged.world.fork()
  world.runUntil(paged.pageUs + spec.truth.at)
  for (const evidence of spec.truth.evidence) {
    const seen = observe(world, evidence, spec.history)
    if (!seen.holds) failed('evidence', `${evidence.id}: ${told(seen)}, and not ${evidence.claim.text}.`)
  }
  for (const { evidence, seen } of calm) {
    if (evidence.tellsApartFrom.length > 0 && seen.holds) failed('evidence', `${evidence.id}: ${evidence.claim.text} holds without the fault too (${told(seen)}).`)
  }
  for (const { id, innocent } of spec.rivals) {
    const seen = observe(world, innocent, spec.history)
    if (!seen.holds) failed('rival-innocent', `${id}: ${told(seen)}, and not ${innocent.claim.text}.`)
  }
}

function verifyWrongPlays(incident: Incident, paged: PagedWorld, idle: Played, failed: Fail): void {
  for (const { name, play, expect } of incident.spec.wrong) {
    const played = playFromPage(incident, paged, play)
    for (const { act, refused } of played.acts) if (refused !== null) failed('wrong-play', `${name}: ${act.action} ${act.target} is refused: ${refused}`)
    if (played.restoredUs !== null && incident.spec.kind === 'fault') failed('wrong-play', `${name} restores the objective.`)
    const failures = (of: Played): number => of.total - of.good
    if (expect === 'worse' && (failures(played) < failures(idle) * worseFactor || failures(played) <= failures(idle))) failed('wrong-play', `${name} is not worse than no action: ${failures(played)} failed requests, and ${failures(idle)} with none.`)
  }
}

function told({ values, error }: Observed): string {
  return error ?? `it is ${values.slice(0, 5).map((value) => Number(value.toPrecision(4))).join(', ')}`
}

function minutes(us: number): string {
  return `${Math.round(us / 6e6) / 10} min`
}
