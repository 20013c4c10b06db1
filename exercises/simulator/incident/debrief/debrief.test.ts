import { describe, expect, it } from 'vitest'
import { queryLogs } from '../../logql/index.ts'
import { rangeQuery } from '../../promql/index.ts'
import { noFaultLabel } from '../causes.ts'
import { counted } from '../observe.ts'
import { playFromPage, runToPage } from '../play.ts'
import { openShift } from '../shift/index.ts'
import type { Pin, Shift } from '../shift/index.ts'
import { falseIncident, falseTopology, readSmall } from '../testing/small.ts'
import { Forks, compareWithForks, makeDebrief } from './index.ts'

const incident = readSmall()
const second = 1_000_000
const addIndex = { action: 'add-index', target: 'db', table: 't', index: 'pk' }

function open(level: 'guided' | 'assisted' = 'guided', of = incident): Shift {
  const opening = openShift(of, { id: 'one', seed: 7, level })
  for (let step = opening.next(); ; step = opening.next()) if (step.done && step.value !== null) return step.value
}
/** All of a debrief, with the comparison that arrives later. */
function debrief(shift: Shift) {
  const made = makeDebrief(shift)
  const comparing = compareWithForks(shift, new Forks(shift), made.mine)
  let last = 0
  for (let step = comparing.next(); ; step = comparing.next()) {
    if (step.done) return { ...made, ...step.value, score: { process: made.process, outcome: step.value.outcome } }
    expect(step.value).toBeGreaterThanOrEqual(last)
    last = step.value
  }
}
const pin = (kind: Pin['kind'], query: string, text = ''): { type: 'pinned'; pin: Pin } => ({ type: 'pinned', pin: { id: `${kind} ${query} ${text}`.slice(0, 90), kind, title: 'seen', query, text } })
const earned = (made: ReturnType<typeof debrief>, id: string): number | undefined => [...made.processLines, ...made.outcomeLines].find((line) => line.id === id)?.earned

describe('a debrief', () => {
  it('gives an expert shift all points', () => {
    const shift = open()
    shift.runTo(shift.pageUs + 60 * second)
    shift.add({ type: 'acknowledged' })
    shift.add({ type: 'said', channel: 'incident', text: 'One request in two fails since 09:03. We look at the database first. Next update at 09:20 UTC.', phase: 'investigating' })
    shift.add({ type: 'said', channel: 'status-page', text: 'Since 09:03 UTC about half of all visits end with an error page. Orders that were confirmed are safe. The next update comes at 09:20 UTC.', phase: 'investigating' })
    shift.add(pin('promql', 'rate(db_rows_examined_total[1m])'))
    shift.add(pin('promql', 'sum by (outcome) (rate(user_requests_total[1m]))'))
    shift.runTo(shift.pageUs + 120 * second)
    shift.act(addIndex, 'console')
    shift.runTo(shift.pageUs + 360 * second)
    shift.add({ type: 'diagnosed', diagnosis: { component: 'db', cause: 'cause', trigger: 'change:db', confidence: 100 } })
    shift.add({ type: 'ended' })
    const made = debrief(shift)
    expect(made.processLines.map(({ id, earned: got, points }) => [id, got, points])).toEqual([['acknowledge', 1, 1], ['evidence', 3, 3], ['cause', 3, 3], ['confidence', 1, 1], ['care', 2, 2], ['communication', 2, 2], ['messages', 2, 2]])
    expect(made.score).toMatchObject({ process: 1, outcome: 1 })
    expect(made.mine.failed).toBe(made.expert.failed)
    expect(made.mine.restoredUs).not.toBeNull()
  })

  it('counts what the learner did at the microsecond at which it was done', () => {
    const shift = open()
    shift.runTo(shift.pageUs + 33 * second + 137_211)
    shift.act({ action: 'restart', target: 'api', 'at-once': true }, 'terminal')
    shift.runTo(shift.pageUs + incident.spec.objective.within)
    const { mine, nobody } = debrief(shift)
    expect(mine.failed).toBe(counted(shift.world, incident.spec.budget.total) - counted(shift.world, incident.spec.budget.good) - (shift.opened.total - shift.opened.good))
    expect(mine.failed).not.toBe(nobody.failed)
    expect(mine.curve.failed.at(-1)).toBe(mine.failed)
    expect([...mine.curve.failed]).toEqual([...mine.curve.failed].toSorted((one, other) => one - other))
  })

  it('compares with the plays that the command line runs, whenever the forks were run', () => {
    const shift = open()
    const forks = new Forks(shift)
    const endUs = shift.pageUs + incident.spec.objective.within
    for (let step = 0; step < 20; step += 1) forks.step(endUs)
    shift.act({ action: 'restart', target: 'api', 'at-once': true }, 'console')
    shift.runTo(shift.pageUs + 90 * second)
    const comparing = compareWithForks(shift, forks, makeDebrief(shift).mine)
    let step = comparing.next()
    while (!step.done) step = comparing.next()
    const paged = runToPage(incident, 7)
    if (paged === null) throw new Error('nobody is paged')
    for (const [outcome, play] of [[step.value.nobody, []], [step.value.expert, incident.spec.expert]] as const) {
      const { good, total, mitigatedUs, restoredUs } = playFromPage(incident, paged, play)
      expect(outcome).toMatchObject({ failed: total - good, total, mitigatedUs, restoredUs })
    }
  })

  it('gives nothing for a shift in which nothing was done', () => {
    const shift = open()
    shift.add({ type: 'ended' })
    const { score, processLines, mine, nobody, expert } = debrief(shift)
    expect(score.outcome).toBe(0)
    expect(processLines.filter(({ id }) => id !== 'care').map(({ earned: got }) => got)).toEqual([0, 0, 0, 0, 0, 0])
    expect(mine.failed).toBe(nobody.failed)
    expect(expert.failed).toBeLessThan(nobody.failed)
  })

  it('judges pins by what they show, not by how they are written', () => {
    const shift = open()
    shift.runTo(shift.pageUs + 60 * second)
    const lines = queryLogs(shift.world.telemetry.logs, '{service="api"} |= "failed"', { fromUs: 0, toUs: Number.MAX_SAFE_INTEGER, limit: 1, direction: 'newest-first' })
    const line = lines.ok ? (lines.value.rows[0]?.line ?? '') : ''
    shift.add(pin('promql', 'db_rows_examined_total{job="other"}'))
    shift.add(pin('promql', 'max(db_rows_examined_total{job="db"})'))
    shift.add(pin('promql', 'up'))
    shift.add(pin('log', '{service="api"}', line))
    shift.add(pin('log', '{service="api"}', 'a line that nobody wrote'))
    shift.add(pin('command', 'kubectl logs', `first\n${line}\n`))
    const { evidence } = debrief(shift)
    expect(evidence.pins.map(({ shows }) => shows)).toEqual([['rows'], ['rows'], [], ['errors'], [], ['errors']])
    expect(evidence).toMatchObject({ excluded: ['traffic'], left: ['false-alarm'] })
  })

  it('quotes what a message lacks or should not say', () => {
    const shift = open()
    shift.add({ type: 'said', channel: 'status-page', text: 'We think the database pool is exhausted because an engineer forgot an index somewhere.', phase: 'investigating' })
    shift.add({ type: 'said', channel: 'incident', text: 'on it', phase: 'investigating' })
    const [page, channel] = debrief(shift).messages
    expect(page?.faults.join(' ')).toMatch(/next update/)
    expect(page?.faults.length).toBeGreaterThan(2)
    expect(channel?.faults).toHaveLength(2)
  })

  it('says when each piece of evidence was there to see, and when it was looked at', () => {
    const shift = open()
    shift.add({ type: 'asked', kind: 'promql', query: 'up' })
    shift.runTo(shift.pageUs + 65 * second)
    shift.add({ type: 'asked', kind: 'promql', query: 'rate(db_rows_examined_total[1m])' })
    shift.runTo(shift.pageUs + 90 * second)
    shift.add({ type: 'ended' })
    const { known, pageUs, transitions, truth } = debrief(shift)
    const [rows, errors] = known
    expect(rows).toMatchObject({ id: 'rows', askedUs: pageUs + 65 * second })
    // The index goes at 3 min; a scrape or two later the rows show it, before anybody is paged.
    expect(rows?.heldUs).toBeGreaterThan(180 * second)
    expect(rows?.heldUs).toBeLessThan(pageUs)
    expect(errors).toMatchObject({ id: 'errors', askedUs: null })
    expect((errors?.heldUs ?? 0) % (30 * second)).toBe(0)
    expect(truth.faults.map(({ timeUs }) => timeUs - shift.world.telemetry.epochMs * 1000)).toEqual([180 * second])
    expect(transitions.some(({ to, timeMs }) => to === 'firing' && timeMs === shift.world.telemetry.epochMs + pageUs / 1000)).toBe(true)
  })

  it('counts what was on the screen as seen, for as long as it was there', () => {
    const shift = open()
    const view = (panel: string, ...queries: string[]): void => void shift.add({ type: 'viewed', panel, title: panel, queries })
    view('dashboards', 'up')
    shift.runTo(shift.pageUs + 20 * second)
    view('dashboards', 'up', 'sum(rate(db_rows_examined_total[1m]))')
    shift.runTo(shift.pageUs + 40 * second)
    view('notebook')
    shift.add({ type: 'ended' })
    expect(debrief(shift).known.map(({ askedUs }) => askedUs)).toEqual([shift.pageUs + 20 * second, null, null])
  })

  it('takes what is on the screen when evidence comes for seen at that moment', () => {
    const calm = readSmall({ 'incident.yaml': falseIncident.replace("claim: '> 0.98'", "claim: '> 2'"), 'topology.yaml': falseTopology })
    const query = calm.spec.truth.evidence[0]?.query ?? ''
    const late = { ...calm, spec: { ...calm.spec, truth: { ...calm.spec.truth, evidence: calm.spec.truth.evidence.map((one) => (one.id === 'well' ? { ...one, query: 'count_over_time(sum(user_requests_total)[10m:5s])', claim: { text: '> 60', terms: [{ operator: '>' as const, limit: 60 }] } } : one)) } } }
    expect(query).not.toBe('')
    const shift = open('guided', late)
    shift.add({ type: 'viewed', panel: 'dashboards', title: 'all', queries: ['user_requests_total'] })
    shift.runTo(shift.pageUs + 200 * second)
    shift.add({ type: 'ended' })
    const [well] = debrief(shift).known
    expect(well?.heldUs).toBeGreaterThan(shift.pageUs)
    expect(well?.askedUs).toBe(well?.heldUs)
  })

  it('measures silence until it is called resolved, or else until the hand-over', () => {
    const silence = (phase: 'investigating' | 'resolved'): string => {
      const shift = open()
      shift.add({ type: 'said', channel: 'incident', text: 'We look.', phase })
      shift.runTo(shift.pageUs + 300 * second)
      shift.add({ type: 'ended' })
      return debrief(shift).processLines.find(({ id }) => id === 'communication')?.because ?? ''
    }
    expect(silence('investigating')).toContain('longest silence from then until the hand-over 5 min')
    expect(silence('resolved')).toContain('longest silence from then until it was called resolved 0 s')
  })

  it('judges each act, and says which it does not judge', () => {
    const shift = open()
    shift.act({ action: 'restart', target: 'other' }, 'console')
    shift.act({ action: 'no-such', target: 'db' }, 'terminal')
    shift.act({ action: 'scale', target: 'api', replicas: 2 }, 'console')
    shift.runTo(shift.pageUs + 30 * second)
    shift.act(addIndex, 'console')
    shift.add({ type: 'supposed', hypothesis: { id: 'h', cause: 'cause', component: 'db', confidence: 70, supports: [], against: [], note: '' } })
    shift.add({ type: 'ended' })
    const { acts, keyTimes, pageUs, changes } = debrief(shift)
    expect(changes).toEqual([])
    expect(acts.map(({ verdict }) => verdict)).toEqual(['needless', 'refused', 'not judged', 'right'])
    expect(acts.at(-1)).toMatchObject({ because: 'it reads one row again' })
    expect(keyTimes).toMatchObject({ acknowledgedUs: null, rightUs: pageUs + 30 * second })
    expect(keyTimes.mitigatedUs).toBeGreaterThan(pageUs)
  })

  it('needs no second run to show an earlier moment: telemetry only grows', () => {
    const queries = ['sum(rate(user_requests_total[1m])) by (outcome)', 'histogram_quantile(0.95, sum by (le) (rate(user_request_duration_seconds_bucket[1m])))', 'ALERTS']
    const shift = open()
    const { epochMs } = shift.world.telemetry
    const asked = (): unknown => queries.map((query) => rangeQuery(shift.world.telemetry.series, query, { startMs: epochMs + 60_000, endMs: epochMs + shift.pageUs / 1000 + 60_000, stepMs: 5_000 }))
    shift.act({ action: 'restart', target: 'api', 'at-once': true }, 'console')
    shift.runTo(shift.pageUs + 60 * second)
    const then = structuredClone(asked())
    shift.act(addIndex, 'console')
    shift.runTo(shift.limitUs)
    expect(asked()).toEqual(then)
  })

  it('takes off for harm, silence, hints and false certainty', () => {
    const shift = open('assisted')
    shift.add({ type: 'hinted', hint: 0, cost: 0.5 })
    shift.act({ action: 'restart', target: 'other' }, 'console')
    shift.add({ type: 'diagnosed', diagnosis: { component: 'api', cause: 'traffic', trigger: 'load', confidence: 90 } })
    shift.add({ type: 'ended' })
    const made = debrief(shift)
    expect(earned(made, 'hints')).toBe(-0.5)
    expect(earned(made, 'care')).toBe(1.5)
    expect(earned(made, 'cause')).toBe(0)
    expect(earned(made, 'confidence')).toBeCloseTo(1 - 0.81)
    expect(earned(made, 'communication')).toBe(0)
  })

  describe('of a false alarm', () => {
    const calm = readSmall({ 'incident.yaml': falseIncident, 'topology.yaml': falseTopology })
    const diagnosed = { type: 'diagnosed', diagnosis: { component: 'api', cause: 'cause', trigger: 'nothing', confidence: 100 } } as const
    const told = 'The page is a false alarm: users succeed, nothing was changed, and the alert will be corrected.'
    const look = (shift: Shift): void => {
      shift.runTo(shift.pageUs + 60 * second)
      shift.add({ type: 'acknowledged' })
      shift.add({ type: 'said', channel: 'incident', text: told, phase: 'resolved' })
      shift.add(pin('promql', 'sum(rate(user_requests_total[1m]))'))
    }
    it('gives all points for looking, saying so and leaving it alone', () => {
      const shift = open('guided', calm)
      look(shift)
      shift.add(diagnosed)
      shift.add({ type: 'ended' })
      expect(debrief(shift).score).toMatchObject({ process: 1, outcome: 1 })
    })
    it('takes what moved the alert for as good a trigger as nothing, where the author says so', () => {
      const points = (also: string, trigger: string): number | undefined => {
        const shift = open('guided', readSmall({ 'incident.yaml': falseIncident.replace('onset: nothing', `onset: nothing\n  onset-also: [${also}]`), 'topology.yaml': falseTopology }))
        shift.add({ type: 'diagnosed', diagnosis: { ...diagnosed.diagnosis, trigger } })
        shift.add({ type: 'ended' })
        return earned(debrief(shift), 'cause')
      }
      expect([points('load', 'load'), points('load', 'nothing'), points('', 'load')]).toEqual([3, 3, 2])
    })
    it('quotes the cause as it was offered, apart from the words of its author', () => {
      const shift = open('guided', calm)
      look(shift)
      shift.add(diagnosed)
      shift.add({ type: 'ended' })
      const { truth } = debrief(shift)
      expect(truth).toMatchObject({ offered: noFaultLabel, label: 'the alert compares a rate with a limit for a share' })
    })
    it('takes off for what was done, whether it is listed or not, and for an alarm to the public', () => {
      const shift = open('guided', calm)
      look(shift)
      shift.act({ action: 'scale', target: 'other', replicas: 2 }, 'console')
      shift.act({ action: 'restart', target: 'api', 'at-once': true }, 'console')
      shift.add({ type: 'said', channel: 'status-page', text: 'Some pages fail since 09:03. We look into it and tell you more within 15 minutes.', phase: 'investigating' })
      shift.add(diagnosed)
      shift.add({ type: 'ended' })
      const made = debrief(shift)
      expect([earned(made, 'care'), earned(made, 'messages'), earned(made, 'restored'), earned(made, 'saved')]).toEqual([0.5, 1, 1, 0])
    })
  })
})
