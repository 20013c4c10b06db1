import { expect, fake, test } from 'firedrill/test'
import { createApp } from './authorise.ts'
import type { Request, Response, Route, Session } from './http.ts'

const sessions: Record<string, Session> = {
  'token-alice': { userId: 'alice', roles: ['user'] },
  'token-bob': { userId: 'bob', roles: ['user', 'admin'] },
  'token-carol': { userId: 'carol', roles: ['auditor'] },
}
const verifyToken = async (token: string): Promise<Session | null> => sessions[token] ?? null
const handler = (name: string) => fake(name, async (_request: Request, session: Session | null): Promise<Response> => ({ status: 200, body: session?.userId ?? 'anyone' }))
const get = (path: string, authorization?: string): Request => ({ method: 'GET', path, headers: { authorization }, query: {}, body: undefined })

test('alice-and-bob', async () => {
  const users = handler('users')
  const app = createApp([{ method: 'GET', path: '/admin/users', access: { anyOf: ['admin'] }, handler: users }], verifyToken)
  expect((await app(get('/admin/users', 'Bearer token-alice'))).status, 'Alice, who has the role user').toBe(403)
  expect(users.calls.length, 'calls of the handler for Alice').toBe(0)
  expect(await app(get('/admin/users', 'Bearer token-bob')), 'Bob, who is an admin').toEqual({ status: 200, body: 'bob' })
  expect((await app(get('/admin/nothing', 'Bearer token-bob'))).status, 'a path that is not there').toBe(404)
})

test('any-of', async () => {
  const log: Route = { method: 'GET', path: '/audit', access: { anyOf: ['admin', 'auditor'] }, handler: handler('audit log') }
  const app = createApp([log], verifyToken)
  expect((await app(get('/audit', 'Bearer token-carol'))).status, 'Carol, an auditor').toBe(200)
  expect((await app(get('/audit', 'Bearer token-bob'))).status, 'Bob, an admin').toBe(200)
  expect((await app(get('/audit', 'Bearer token-alice'))).status, 'Alice, neither').toBe(403)
})

test('not-logged-in', async () => {
  const app = createApp([{ method: 'GET', path: '/admin/users', access: { anyOf: ['admin'] }, handler: handler('users') }], verifyToken)
  for (const header of [undefined, 'Bearer expired']) {
    const { status, headers } = await app(get('/admin/users', header))
    expect(status, `authorization: ${header ?? '(none)'}`).toBe(401)
    expect(headers?.['www-authenticate'], 'www-authenticate').toBe('Bearer')
  }
})

test('public', async () => {
  const health = handler('health')
  const app = createApp([{ method: 'GET', path: '/health', access: 'public', handler: health }], async () => { throw new Error('no keys') })
  expect(await app(get('/health')), 'without a token').toEqual({ status: 200, body: 'anyone' })
  expect((await app(get('/health', 'Bearer token-alice'))).status, 'with one, while tokens cannot be checked').toBe(200)
  expect(health.calls.map(({ args }) => args[1]), 'the sessions that the handler saw').toEqual([null, null])
})
