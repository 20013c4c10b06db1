import { expect, test } from 'firedrill/test'
import { createSensitiveEndpoint } from './sensitive.ts'
import type { AuditEntry, Dataset, User } from './services.ts'

const users: Record<string, User> = {
  alice: { id: 'alice', roles: ['user'], teams: ['pricing'] },
  bob: { id: 'bob', roles: ['user', 'admin'], teams: [] },
  charlie: { id: 'charlie', roles: ['data_analyst'], teams: ['pricing'] },
}
const datasets: Record<string, Dataset> = { 'bands-pricing': { id: 'bands-pricing', team: 'pricing', rows: [{ band: 'P3', median: 64_000 }] } }

function endpoint() {
  const log: AuditEntry[] = []
  const answer = createSensitiveEndpoint({
    user: async (id) => users[id] ?? null,
    dataset: async (id) => datasets[id] ?? null,
    audit: async (entry) => { log.push(entry) },
  })
  return { log, read: (userId: string | null, datasetId = 'bands-pricing') => answer({ userId, datasetId }) }
}

test('three-users', async () => {
  const { read } = endpoint()
  expect((await read('alice')).status, 'Alice, role user').toBe(403)
  expect((await read('bob')).status, 'Bob, role admin').toBe(200)
  const { status, body } = await read('charlie')
  expect(status, 'Charlie, role data_analyst').toBe(200)
  expect(body, 'the rows').toEqual([{ band: 'P3', median: 64_000 }])
})

test('not-logged-in', async () => {
  const { read, log } = endpoint()
  expect((await read(null)).status, 'without a session').toBe(401)
  expect(log, 'the audit log').toEqual([{ userId: null, datasetId: 'bands-pricing', decision: 'denied' }])
})

test('written-down', async () => {
  const { read, log } = endpoint()
  await read('alice')
  await read('bob')
  await read('charlie', 'bands-nothing')
  expect(log, 'the audit log').toEqual([
    { userId: 'alice', datasetId: 'bands-pricing', decision: 'denied' },
    { userId: 'bob', datasetId: 'bands-pricing', decision: 'allowed' },
    { userId: 'charlie', datasetId: 'bands-nothing', decision: 'denied' },
  ])
})
