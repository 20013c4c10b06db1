import { describe, expect, it } from 'vitest'
import { gradeDocument } from './grade.ts'
import { dateOf } from './judges/actions.ts'
import { documentExerciseSchema } from './schema.ts'

const check = (fields: Record<string, unknown>, text: string) => {
  const exercise = documentExerciseSchema.parse({
    id: 'x', kind: 'document', version: 1, title: 'X', summary: 'X', chapter: 'ch14', minutes: 1, difficulty: 1, skills: ['a'], covers: [],
    audience: 'all', selfReview: ['?'], starter: '', hints: [{ text: 'a', cost: 0.1 }, { text: 'b', cost: 0.1 }],
    proof: { reference: 'x', wrong: [{ file: 'x', fails: ['c'], belief: 'x' }] },
    checks: [{ id: 'c', label: 'C', ...fields }],
  })
  return gradeDocument(exercise, text).checks[0]!
}

describe('actions', () => {
  const typed = { type: 'actions', section: ['Actions'], min: 1, typed: true, after: '2026-03-05', people: ['Ana', 'checkout team'] }
  it.each([
    ['| Action | Owner | Due | Type |\n| --- | --- | --- | --- |\n| Refuse a deploy with an empty topic | Ana | 2026-03-20 | preventive |', true],
    ['- Ana: alert on ten minutes without a message, by 20 March 2026 (detection)', true],
    ['- Alert on ten minutes without a message.\n  Owner: checkout team. Due: 2026-03-20.\n  Type: process', true],
    ['### Detective\n- Ana: alert on ten minutes without a message, by 20 March 2026', true],
    ['- Ana: process the queue of failed messages again, by 20 March 2026', false],
    ['- Ana: refuse a deploy with an empty topic, by 2026-03-04 (preventive)', false],
    ['- Ana: be more careful with deploys, by 2026-03-20 (preventive)', false],
  ])('%j: %j', (items, passed) => expect(check(typed, `# Actions\n${items}`)).toMatchObject({ passed }))

  it('says which type is missing', () => {
    expect(check({ ...typed, types: ['detective'] }, '# Actions\n- Ana: refuse a deploy with an empty topic, by 2026-03-20 (preventive)').evidence).toContain('No complete action of the type detective')
  })

  it.each([['due 2026-03-20', '2026-03-20'], ['by 5th of March 2026', '2026-03-05'], ['until Mar 5, 2026', '2026-03-05'], ['by Friday', null]])('%j is %j', (text, date) => expect(dateOf(text)).toBe(date))
})

describe('timeline', () => {
  const rising = { type: 'timeline', section: ['Timeline'], min: 2 }
  it.each([
    ['## Timeline\n**09:00 UTC** the deploy of the service\n\n**09:30 UTC** the alert that fired', true],
    ['All times are in UTC.\n## Timeline\n| Time | What |\n| --- | --- |\n| 09:00 | the deploy of the service |\n| 09:30 | the alert that fired |', true],
    ['## Timeline (UTC)\n- 2026-03-05 23:50 the deploy of the service\n- 2026-03-06 00:10 the alert that fired', true],
    ['## Timeline (UTC)\n- 23:50 the deploy of the service\n- 00:10 the alert that fired', false],
    ['## Timeline (UTC)\n- 09:00 deploy\n- 09:30 alert', false],
  ])('%j: %j', (text, passed) => expect(check(rising, text)).toMatchObject({ passed }))
})

describe('figures', () => {
  const figures = { type: 'figures', times: { known: ['10:00', '10:04'], plannedAfter: '10:10' }, amounts: [{ units: ['ms'], values: [500] }, { units: ['%', 'per cent'], values: [15] }], min: 2 }
  it.each([
    ['At 10:00 the alert went above 500 ms. More at 10:40.', true],
    ['At 10:00 about 15% and at 10:04 most.', true],
    ['At 10:01 the alert went above 500 ms.', false],
    ['At 10:00 the alert went above 600 ms.', false],
    ['At 10:00 there was an alert.', false],
  ])('%j: %j', (text, passed) => expect(check(figures, text)).toMatchObject({ passed }))
})

describe('next update', () => {
  const next = { type: 'next-update', now: '10:10', withinMinutes: 60 }
  it.each([
    ['## Next update\n10:40 UTC', true],
    ['10:10 UTC. Pages are slow.\n\nWe will post the next update by 10:40 UTC.', true],
    ['10:10 UTC. Pages are slow. We will write here again within 30 minutes.', true],
    ['Pages are slow. We will post the next update within 30 minutes.', false],
    ['## Next update\n10:05 UTC', false],
    ['## Next update\n12:40 UTC', false],
    ['## Next update\n10:40', false],
    ['## Next update\nas soon as we know more', false],
    ['Pages are slow since 10:00 UTC.', false],
  ])('%j: %j', (text, passed) => expect(check(next, text)).toMatchObject({ passed }))
})

describe('trade-offs', () => {
  const both = { type: 'tradeoffs', min: 1, drivers: [{ id: 'security', any: ['\\bpasswords?\\b'] }, { id: 'cost', any: ['\\bcosts?\\b|\\$'] }] }
  it.each([
    ['## Consequences\n### Positive\n- We never store a password again.\n### Negative\n- The monthly costs grow with every user.', true],
    ['## Consequences\n- Positive: we never store a password again.\n- Negative: the monthly costs grow with every user.', true],
    ['| Gain | Cost |\n| --- | --- |\n| no password of ours to lose | costs grow with every user |', true],
    ['We gain that no password is ours to lose. We pay costs that grow with every user.', true],
    ['**Pros:**\n- We never store a password again.\n\n**Cons:**\n- The monthly costs grow with every user.', true],
    ['## Positive\n- We never store a password again.\n- It is good for the costs too.', false],
    ['## Positive\n- We never store a password again.\n## Negative\n- There are some other downsides too.', false],
  ])('%j: %j', (text, passed) => expect(check(both, text)).toMatchObject({ passed }))
})

describe('cards', () => {
  const cards = {
    type: 'cards', what: 'hypothesis', names: ['Hypothesis'], section: ['Hypotheses'], min: 2, minTopics: 2,
    parts: [{ id: 'refute', asks: 'What would prove it wrong?', any: ['\\b(refute|wrong|false)\\b'] }],
    topics: [{ id: 'pool', any: ['\\bpool\\b'] }, { id: 'network', any: ['\\bnetwork\\b'] }],
  }
  it.each([
    ['## Hypothesis 1: the pool\nWrong if half of the connections are free.\n## Hypothesis 2: the network\nWrong if a ping takes 1 ms.', true],
    ['## Hypotheses\n| What | Refuted by |\n| --- | --- |\n| The pool is full | false if connections are free |\n| The network is slow | false if a ping takes 1 ms |', true],
    ['## Hypothesis 1: the pool\nWrong if half of the connections are free.\n## Hypothesis 2: the pool again\nWrong if it is larger than yesterday.', false],
    ['## Hypothesis 1: the pool\nIt is too small for the load.\n## Hypothesis 2: the network\nWrong if a ping takes 1 ms.', false],
  ])('%j: %j', (text, passed) => expect(check(cards, text)).toMatchObject({ passed }))
})

describe('alerts', () => {
  const alerts = {
    type: 'alerts',
    alerts: [{ names: ['HighErrorRate'], severity: 'critical', forMinutes: { min: 2, max: 10 }, cases: [
      { name: '2 errors among 10,000', series: ['r_total{status="200"} 0+999.8x10', 'r_total{status="500"} 0+0.2x10'], fires: false },
      { name: '10% errors', series: ['r_total{status="200"} 0+900x10', 'r_total{status="500"} 0+100x10'], fires: true },
    ] }],
  }
  const rule = (expr: string, rest = '  for: 5m\n  labels:\n    severity: critical') => `Rules:\n\n\`\`\`yaml\n- alert: HighErrorRate\n  expr: ${expr}\n${rest}\n\`\`\``
  it('takes any expression that fires when it should', () => {
    expect(check(alerts, rule('sum(rate(r_total{status=~"5.."}[5m])) / sum(rate(r_total[5m])) > 0.05'))).toMatchObject({ passed: true })
    expect(check(alerts, rule('sum(increase(r_total{status=~"5.."}[5m])) > 0.05 * sum(increase(r_total[5m]))'))).toMatchObject({ passed: true })
  })
  it('shows on which data a rule is wrong', () => {
    expect(check(alerts, rule('rate(r_total{status=~"5.."}[5m]) / rate(r_total[5m]) > 0.05')).evidence).toContain('2 errors among 10,000: it fires, with the value 1')
    expect(check(alerts, rule('sum(rate(r_total[5m])')).evidence).toContain('does not parse')
    expect(check(alerts, rule('1')).evidence).toContain('not a vector')
    expect(check(alerts, '```yaml\na: [\n```').evidence).toContain('no YAML')
    expect(check(alerts, rule('sum(rate(r_total{status=~"5.."}[5m])) / sum(rate(r_total[5m])) > 0.05', '  for: 0m')).evidence).toContain('severity')
  })
})
