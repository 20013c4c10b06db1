import { describe, expect, it } from 'vitest'
import { claimHolds, parseClaim } from './claim.ts'
import { playFromPage, readIncident, readPlay, runToPage, scorePlay, verifySeed } from './index.ts'
import { falseIncident, falseTopology, files, incident, readSmall, topology } from './testing/small.ts'

function complaints(from: string, to: string): readonly string[] {
  const text = incident.replace(from, to)
  expect(text).not.toBe(incident)
  const outcome = readIncident('incidents/small', (name) => ({ ...files, 'incident.yaml': text })[name] ?? null)
  return outcome.ok ? [] : outcome.error.map(({ file, line, message }) => `${file}:${line}: ${message}`)
}

const lineOf = (piece: string): number => incident.slice(0, incident.indexOf(piece)).split('\n').length

describe('a claim', () => {
  it.each([['> 0.9', 0.95, true], ['> 0.9', 0.9, false], ['>= 1 and < 5', 1, true], ['>= 1 and < 5', 5, false], ['== 0', 0, true], ['!= 0', Number.NaN, false]])('%s of %d: %s', (text, value, holds) => {
    const claim = parseClaim(text)
    expect(claim !== null && claimHolds(claim, value)).toBe(holds)
  })
  it.each(['', 'about 3', '> 3 or < 1', '> x'])('%j is none', (text) => expect(parseClaim(text)).toBeNull())
})

describe('reading an incident', () => {
  it.each([
    ['difficulty: 1', 'difficulti: 1', 'Did you mean "difficulty"'],
    ['alert: UsersFail', 'alert: NobodyFails', 'has no alert "NobodyFails"'],
    ['component: db', 'component: cash', 'has no part "cash"'],
    ["claim: '> 1000'", "claim: 'a lot'", 'is not a claim'],
    ['[traffic]', '[weather]', 'No rival is called "weather"'],
    ['sum(user_requests_total)', 'sum(user_requests_total', 'PromQL does not read it'],
    ['after: page+2m', 'after: tomorrow', 'is not a moment'],
    ['action: restart, target: other', 'action: crash, target: other', '"crash" is not an action on other'],
    ['action: restart, target: api', 'action: scale, target: api', 'scale: replicas'],
    ['history: 2m', 'history: 4m', 'must come after the history'],
  ])('says what is wrong with %s -> %s, and in which line', (from, to, message) => {
    const found = complaints(from, to)
    expect(found.some((complaint) => complaint.startsWith(`incidents/small/incident.yaml:${lineOf(from)}: `) && complaint.includes(message)), found.join('\n')).toBe(true)
  })
  it('wants a briefing and a debrief', () => {
    const outcome = readIncident('incidents/small', (name) => ({ ...files, 'briefing.md': ' ' })[name] ?? null)
    expect(outcome).toMatchObject({ ok: false, error: [{ message: 'briefing.md is missing or empty.' }] })
  })
})

describe('playing an incident', () => {
  it('scores what was done, and gives the same card for the same seed', () => {
    const small = readSmall()
    const paged = runToPage(small, 5)
    if (paged === null) throw new Error('nobody was paged')
    const idle = scorePlay(small, playFromPage(small, paged, []))
    const expert = scorePlay(small, playFromPage(small, paged, small.spec.expert))
    expect(idle).toMatchObject({ restored: false, acknowledgedSeconds: null, mitigatedSeconds: null, actions: [] })
    expect(expert).toMatchObject({ restored: true, acknowledgedSeconds: 60, harmful: 0, needless: 0, actions: [{ atSeconds: 120, verdict: 'right' }] })
    expect(expert.mitigatedSeconds).toBeGreaterThan(120)
    expect((expert.resolvedSeconds ?? 0) - (expert.mitigatedSeconds ?? 0)).toBe(60)
    expect(expert.failedRequests).toBeLessThan(idle.failedRequests)
    expect(expert.cost).toEqual({ amount: 2 * expert.failedRequests, currency: 'EUR' })
    // 1% of the requests of 30 days at this traffic.
    const shiftDays = (paged.pageUs + small.spec.objective.within - small.spec.history) / 86_400e6
    expect(expert.errorBudgetBurned).toBeCloseTo(expert.failedRequests / (0.01 * expert.requests * (30 / shiftDays)), 9)
    const again = runToPage(small, 5)
    if (again === null) throw new Error('nobody was paged')
    expect(scorePlay(small, playFromPage(small, again, small.spec.expert))).toEqual(expert)
  })
  it('takes a play of its own, waits for conditions, and tells refused and needless actions', () => {
    const small = readSmall()
    const play = readPlay('mine.yaml', `
- { when: 'ALERTS{alertname="UsersFail",alertstate="firing"}', acknowledge: true }
- { after: page+30s, act: { action: restart, target: other } }
- { after: page+40s, act: { action: rollback, target: other } }
`)
    if (!play.ok) throw new Error(JSON.stringify(play.error))
    const paged = runToPage(small, 1)
    if (paged === null) throw new Error('nobody was paged')
    const card = scorePlay(small, playFromPage(small, paged, play.value))
    expect(card).toMatchObject({ acknowledgedSeconds: 0, needless: 1, actions: [{ atSeconds: 30, verdict: 'needless' }, { atSeconds: 40, verdict: 'refused', because: 'There is no version before this one.' }] })
    expect(readPlay('mine.yaml', '- { after: page, acknowledge: true }\n- { act: { action: x, target: y } }')).toMatchObject({ ok: false, error: [{ file: 'mine.yaml', line: 2 }] })
  })
})

describe('verifying an incident', () => {
  const properties = (changed: Record<string, string>, wrongPlays: boolean): readonly string[] => verifySeed(readSmall(changed), 3, { wrongPlays }).map(({ property }) => property)
  it('finds nothing in one that keeps its promises', () => {
    expect(verifySeed(readSmall(), 3, { wrongPlays: true })).toEqual([])
  })
  it.each([
    ['alert-fires', 'topology.yaml', topology, '> 0.1', '> 2'],
    ['alert-fires', 'topology.yaml', topology, '{outcome!="ok"}', ''],
    ['alert-quiet', 'topology.yaml', topology, '{outcome!="ok"}', ''],
    ['does-not-heal', 'incident.yaml', incident, '> 0.98', '>= 0'],
    ['does-not-heal', 'incident.yaml', incident, 'hold: 1m', 'heals: by itself, hold: 1m'],
    ['expert-restores', 'incident.yaml', incident, 'after: page+2m', 'after: page+6m'],
    ['wrong-play', 'incident.yaml', incident, 'expect: fails', 'expect: worse'],
    ['wrong-play', 'incident.yaml', incident, 'act: { action: restart, target: api }', 'act: { action: add-index, target: db, table: t, index: pk }'],
    ['evidence', 'incident.yaml', incident, "claim: '> 1000'", "claim: '> 0'"],
    ['evidence', 'incident.yaml', incident, "claim: '> 10'", "claim: '== 0'"],
    ['rival-innocent', 'incident.yaml', incident, "claim: '< 30'", "claim: '> 30'"],
  ])('finds what breaks %s (%s: %#)', (property, file, text, from, to) => {
    const changed = text.replace(from, to)
    expect(changed).not.toBe(text)
    expect(properties({ [file]: changed }, property === 'wrong-play')).toContain(property)
  })
  it('tells an alert that fires before the shift opens as what it is', () => {
    const early = topology.replace(/UsersFail: .*/, "UsersFail: { expr: 'sum(rate(user_requests_total[30s])) > 1', for: 0s }")
    const late = incident.replace('history: 2m', 'history: 170s').replace('at: 2m', 'at: 1m')
    const found = verifySeed(readSmall({ 'topology.yaml': early, 'incident.yaml': late }), 3, { wrongPlays: true })
    expect(found.map(({ property }) => property)).toEqual(['alert-fires', 'alert-quiet'])
    expect(found[0]?.why).toMatch(/^seed 3: UsersFail fired at .* before the shift opened at 2\.8 min\.$/)
  })
})

describe('a false alarm', () => {
  const properties = (changed: Record<string, string>): readonly string[] => verifySeed(readSmall({ 'incident.yaml': falseIncident, 'topology.yaml': falseTopology, ...changed }), 3, { wrongPlays: true }).map(({ property }) => property)
  it('that keeps its promises has nothing against it', () => expect(properties({})).toEqual([]))
  it('needs no change in its topology', () => {
    const alone = falseTopology.replace(/faults: .*/, '').replace('sum(rate(user_requests_total[1m])) > 30', 'sum(user_requests_total) > 3500')
    expect(properties({ 'topology.yaml': alone })).toEqual([])
  })
  it.each([
    ['alert-fires', 'topology.yaml', falseTopology, '> 30', '> 1000'],
    ['alert-fires', 'topology.yaml', falseTopology, '> 30', '> 10'],
    ['stays-well', 'incident.yaml', falseIncident, '> 0.98\', hold', '> 2\', hold'],
    ['stays-well', 'topology.yaml', falseTopology, 'traffic: users, factor: 2', 'traffic: users, factor: 2 }, { at: 4m, errors: api, share: 50%'],
    ['evidence', 'incident.yaml', falseIncident, "claim: '> 0.98'", "claim: '> 1'"],
    ['rival-innocent', 'incident.yaml', falseIncident, "[1m]))', claim: '== 0'", "[1m]))', claim: '> 0'"],
    ['wrong-play', 'incident.yaml', falseIncident, 'target: api, at-once: true', 'target: other'],
  ])('says what breaks %s (%s: %#)', (property, file, text, from, to) => {
    const changed = text.replace(from, to)
    expect(changed).not.toBe(text)
    expect(properties({ [file]: changed })).toContain(property)
  })
  it.each([
    ['onset: nothing', 'onset: load', 'A false alarm has onset: nothing.'],
    ['verdict: needless', 'verdict: right', 'In a false alarm no action is right.'],
    ['expect: worse', 'expect: fails', 'In a false alarm a wrong play makes it worse'],
    ['page+1m, acknowledge: true', 'page+1m, act: { action: restart, target: other }', 'acknowledges and does nothing'],
    ['kind: false-alarm', 'kind: fault', 'Only a false alarm'],
  ])('has nothing to mend: %s -> %s is refused', (from, to, message) => {
    const text = falseIncident.replace(from, to)
    const outcome = readIncident('incidents/small', (name) => ({ ...files, 'topology.yaml': falseTopology, 'incident.yaml': text })[name] ?? null)
    expect(outcome.ok ? [] : outcome.error.map((problem) => problem.message).join('\n')).toContain(message)
  })
})
