/** Checks an incident in one of its modes: it is harder there, and still can be solved. */
import { observe, conditionHolds } from './observe.ts'
import { playFromPage, runToPage } from './play.ts'
import type { PagedWorld } from './play.ts'
import { noisyAlerts } from './modes/index.ts'
import type { Incident } from './read-incident.ts'
import type { Failure } from './verify.ts'

/** @param incident as it was read for this seed and a mode */
export function verifyMode(incident: Incident, seed: number): readonly Failure[] {
  const { spec, mode } = incident
  const failures: Failure[] = []
  const failed = (why: string): void => void failures.push({ id: spec.id, property: 'mode', why: `seed ${seed}, ${mode ?? 'no mode'}: ${why}` })
  const paged = runToPage(incident, seed)
  if (paged === null || paged.pageUs <= spec.history) {
    failed(paged === null ? `${spec.page.alert} has not fired.` : `${spec.page.alert} fired before the shift opened.`)
    return failures
  }
  const played = playFromPage(incident, paged, spec.expert)
  for (const { act, refused } of played.acts) if (refused !== null) failed(`${act.action} ${act.target} is refused: ${refused}`)
  if (played.restoredUs === null) failed('the expert does not restore the objective.')
  const { world } = paged
  const look = (isAsked: (kind: string) => boolean): void => {
    for (const { id, ...evidence } of spec.truth.evidence) if (isAsked(evidence.kind) && !observe(world, evidence, spec.history).holds) failed(`${id} does not hold: ${evidence.claim.text}.`)
  }
  world.runUntil(paged.pageUs + spec.truth.at)
  look((kind) => kind !== 'logql')
  // Lines that arrive late are counted when they have arrived.
  world.runUntil(world.nowUs + (world.topology.telemetry.missing?.logDelayUs ?? 0))
  look((kind) => kind === 'logql')
  if (mode === 'noisy') verifyNoise(incident, paged, failed)
  if (mode === 'blind' && world.topology.telemetry.missing?.jobs.some((job) => !conditionHolds(world, `up{job="${job}"} == 0`)) === true) failed('what is not scraped is up.')
  if (mode === 'double' && !struckTwice(incident, paged)) failed('the second fault has not struck.')
  return failures
}

/** Some of the alerts that mean nothing have fired, and since before anything was wrong. */
function verifyNoise({ spec }: Incident, { world, pageUs }: PagedWorld, failed: (why: string) => void): void {
  const startMs = world.telemetry.epochMs + spec.history / 1000
  const fired = world.telemetry.alerts.transitions().filter(({ rule, to }) => to === 'firing' && Object.hasOwn(noisyAlerts, rule))
  if (!fired.some(({ timeMs }) => timeMs < startMs)) failed('no alert is noise before the shift opens.')
  if (!fired.some(({ timeMs }) => timeMs >= startMs && timeMs < world.telemetry.epochMs + (pageUs + spec.objective.within) / 1000)) failed('no alert is noise during the shift.')
}

function struckTwice({ second }: Incident, { world }: PagedWorld): boolean {
  const epochUs = world.telemetry.epochMs * 1000
  return world.telemetry.changes.between(epochUs, epochUs + world.nowUs + 1, { hidden: true }).some(({ hidden, target }) => hidden && target === second?.component)
}
