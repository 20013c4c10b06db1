import { clock, deferred, expect, fake, outcome, sleep, test, watch } from 'firedrill/test'
import { createSensitiveEndpoint } from './sensitive.ts'
import type { AuditEntry, Dataset, User } from './services.ts'

/** A world of its own for each test: users and datasets may change while it runs. */
function world() {
  const users = new Map<string, User>([
    ['alice', { id: 'alice', roles: ['user'], teams: ['pricing', 'legal'] }],
    ['bob', { id: 'bob', roles: ['admin'], teams: [] }],
    ['charlie', { id: 'charlie', roles: ['data_analyst'], teams: ['pricing'] }],
    ['dana', { id: 'dana', roles: ['data_analyst', 'user'], teams: ['legal', 'pricing'] }],
  ])
  const datasets = new Map<string, Dataset>([
    ['bands-pricing', { id: 'bands-pricing', team: 'pricing', rows: ['P3 64,000'] }],
    ['bands-legal', { id: 'bands-legal', team: 'legal', rows: ['L2 71,000'] }],
  ])
  const log: AuditEntry[] = []
  const services = {
    user: fake('directory', async (id: string) => users.get(id) ?? null),
    dataset: fake('data', async (id: string) => datasets.get(id) ?? null),
    audit: fake('audit', async (entry: AuditEntry) => { log.push(entry) }),
  }
  return { users, datasets, log, services }
}

test('other-team', async () => {
  const { services, log } = world()
  const answer = createSensitiveEndpoint(services)
  const charlie = await answer({ userId: 'charlie', datasetId: 'bands-legal' })
  expect(charlie.status, 'Charlie of pricing, data of legal').toBe(404)
  expect(JSON.stringify(charlie), 'the answer').toMatch(/^(?!.*71,000)/)
  expect((await answer({ userId: 'dana', datasetId: 'bands-legal' })).body, 'Dana of legal').toEqual(['L2 71,000'])
  expect((await answer({ userId: 'bob', datasetId: 'bands-legal' })).status, 'Bob, an admin of no team').toBe(200)
  expect(log.map(({ decision }) => decision), 'the decisions').toEqual(['denied', 'allowed', 'allowed'])
})

test('no-oracle', async () => {
  const answer = createSensitiveEndpoint(world().services)
  const [there, missing] = [await answer({ userId: 'charlie', datasetId: 'bands-legal' }), await answer({ userId: 'charlie', datasetId: 'bands-xyz' })]
  expect(there.status, "the status for another team's data").toBe(404)
  expect(JSON.stringify(there).replaceAll('bands-legal', '{id}'), "the answer for another team's data").toBe(JSON.stringify(missing).replaceAll('bands-xyz', '{id}'))
  const refused = [await answer({ userId: 'alice', datasetId: 'bands-legal' }), await answer({ userId: 'alice', datasetId: 'bands-xyz' })]
  expect(refused.map(({ status }) => status), 'Alice, for data that is there and data that is not').toEqual([403, 403])
  expect((await answer({ userId: 'bob', datasetId: 'bands-xyz' })).status, 'Bob, for data that is not there').toBe(404)
})

test('no-peeking', async () => {
  const { services, users } = world()
  const answer = createSensitiveEndpoint(services)
  expect((await answer({ userId: 'alice', datasetId: 'bands-pricing' })).status).toBe(403)
  users.delete('charlie')
  expect((await answer({ userId: 'charlie', datasetId: 'bands-pricing' })).status, 'a user who has left').toBe(403)
  await answer({ userId: null, datasetId: 'bands-pricing' })
  expect(services.dataset.calls.length, 'datasets fetched for callers without a role').toBe(0)
})

test('log-first', async () => {
  const { services } = world()
  const written = deferred()
  const answer = createSensitiveEndpoint({ ...services, audit: fake('audit', () => written.promise) })
  const waiting = watch(answer({ userId: 'bob', datasetId: 'bands-pricing' }))
  await clock.advance(500)
  expect(waiting.state, 'the answer, while the entry is not on disk').toBe('pending')
  written.resolve()
  await clock.settle()
  expect(waiting.value?.status, 'the answer, once it is').toBe(200)
})

test('log-down', async () => {
  const { services } = world()
  const answer = createSensitiveEndpoint({ ...services, audit: async () => { throw new Error('disk full on audit-2') } })
  const { value } = await outcome(answer({ userId: 'bob', datasetId: 'bands-pricing' }))
  expect(value?.status, 'Bob, while the log cannot be written').toBe(503)
  expect(JSON.stringify(value), 'the answer').toMatch(/^(?!.*(64,000|disk full|audit-2))/)
  expect((await outcome(answer({ userId: 'alice', datasetId: 'bands-pricing' }))).value?.status, 'Alice, while the log cannot be written').toBe(403)
  expect((await outcome(answer({ userId: null, datasetId: 'bands-pricing' }))).value?.status, 'nobody, while the log cannot be written').toBe(401)
  expect((await outcome(answer({ userId: 'charlie', datasetId: 'bands-legal' }))).value?.status, "Charlie, another team's data").toBe(404)
})

test('revoked', async () => {
  const { services, users, datasets } = world()
  const answer = createSensitiveEndpoint(services)
  const dana = async () => (await answer({ userId: 'dana', datasetId: 'bands-legal' })).status
  expect(await dana(), 'Dana at 08:59').toBe(200)
  users.set('dana', { id: 'dana', roles: ['user'], teams: ['legal'] })
  await sleep(1_000)
  expect(await dana(), 'Dana, a second after her role was taken away').toBe(403)
  users.set('dana', { id: 'dana', roles: ['data_analyst'], teams: ['legal'] })
  expect(await dana(), 'Dana, who has it again').toBe(200)
  datasets.set('bands-legal', { id: 'bands-legal', team: 'board', rows: ['L2 71,000'] })
  expect(await dana(), 'Dana, once the data belongs to the board').toBe(404)
})

test('many-callers', { seeds: 6 }, async ({ random }) => {
  const { services, log } = world()
  const slow = async <T>(value: Promise<T>): Promise<T> => { await sleep(Math.round(50 * random())); return value }
  const answer = createSensitiveEndpoint({ ...services, user: (id) => slow(services.user(id)), dataset: (id) => slow(services.dataset(id)) })
  const expected: [string | null, string, number][] = [['bob', 'bands-legal', 200], ['charlie', 'bands-legal', 404], ['alice', 'bands-legal', 403], [null, 'bands-legal', 401], ['dana', 'bands-legal', 200], ['charlie', 'bands-pricing', 200], ['alice', 'bands-pricing', 403]]
  const calls = expected.map(async ([userId, datasetId]) => { await sleep(Math.round(40 * random())); return answer({ userId, datasetId }) })
  const answers = await Promise.all(calls)
  for (const [index, [userId, datasetId, status]] of expected.entries()) expect(answers[index]?.status, `${userId ?? 'nobody'} for ${datasetId}, with six others`).toBe(status)
  for (const [userId, datasetId, status] of expected) {
    const entries = log.filter((entry) => entry.userId === userId && entry.datasetId === datasetId)
    expect(entries.map(({ decision }) => decision), `entries of ${userId ?? 'nobody'} for ${datasetId}`).toEqual([status === 200 ? 'allowed' : 'denied'])
  }
})

test('quiet-errors', async () => {
  const { services, log } = world()
  const broken = async (): Promise<never> => { throw new Error('password authentication failed for user "svc_bands" at 10.0.3.7') }
  for (const [what, rest] of [['the directory', { user: broken }], ['the data store', { dataset: broken }]] as const) {
    log.length = 0
    const { value } = await outcome(createSensitiveEndpoint({ ...services, ...rest })({ userId: 'bob', datasetId: 'bands-pricing' }))
    expect(value?.status, `${what} rejects`).toBe(500)
    expect(JSON.stringify(value), 'the answer').toMatch(/^(?!.*(svc_bands|10\.0\.3\.7|password))/)
    expect(log, 'the audit log').toEqual([{ userId: 'bob', datasetId: 'bands-pricing', decision: 'denied' }])
  }
})

test('not-kept', async () => {
  const answer = createSensitiveEndpoint(world().services)
  for (const [userId, datasetId] of [['bob', 'bands-pricing'], ['charlie', 'bands-legal'], ['alice', 'bands-pricing'], [null, 'bands-pricing']] as const) {
    expect((await answer({ userId, datasetId })).headers['cache-control'], `cache-control for ${userId ?? 'nobody'}`).toBe('no-store')
  }
})
