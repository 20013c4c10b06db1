import { expect, fake, outcome, test } from 'firedrill/test'
import { createApp } from './authorise.ts'
import type { Request, Response, Route, Session, VerifyToken } from './http.ts'

const sessions: Record<string, Session> = {
  'token-alice': { userId: 'alice', roles: ['user'] },
  'token-bob': { userId: 'bob', roles: ['user', 'admin'] },
}
const verifyToken: VerifyToken = async (token) => (Object.hasOwn(sessions, token) ? (sessions[token] ?? null) : null)
const handler = (name: string) => fake(name, async (): Promise<Response> => ({ status: 200, body: 'secret' }))
const get = (path: string, authorization?: string, rest: Partial<Request> = {}): Request => ({ method: 'GET', path, query: {}, body: undefined, ...rest, headers: { ...rest.headers, authorization } })

test('deny-by-default', async () => {
  const calls = { old: handler('users-insecure'), profile: handler('profile'), export: handler('export') }
  const routes: Route[] = [
    { method: 'GET', path: '/admin/users', access: { anyOf: ['admin'] }, handler: handler('users') },
    { method: 'GET', path: '/admin/users-insecure', handler: calls.old },
    { method: 'GET', path: '/profile', handler: calls.profile },
    { method: 'DELETE', path: '/admin/users', handler: calls.export },
  ]
  const app = createApp(routes, verifyToken)
  for (const { method, path } of routes.slice(1)) {
    expect((await app({ ...get(path, 'Bearer token-alice'), method })).status, `${method} ${path} for Alice`).toBe(403)
    expect((await app({ ...get(path, 'Bearer token-bob'), method })).status, `${method} ${path} for Bob, an admin`).toBe(403)
    expect((await app({ ...get(path), method })).status, `${method} ${path} without a token`).toBe(401)
  }
  expect(Object.values(calls).map((call) => call.calls.length), 'calls of their handlers').toEqual([0, 0, 0])
})

test('nobody', async () => {
  const closed = handler('closed')
  const app = createApp([{ method: 'GET', path: '/closed', access: { anyOf: [] }, handler: closed }], verifyToken)
  expect((await app(get('/closed', 'Bearer token-bob'))).status, 'anyOf: []').toBe(403)
  expect(closed.calls.length).toBe(0)
})

test('role-from-request', async () => {
  const users = handler('users')
  const app = createApp([{ method: 'POST', path: '/admin/users', access: { anyOf: ['admin'] }, handler: users }], verifyToken)
  const claims = { role: 'admin', roles: ['admin'], isAdmin: true }
  const requests: [string, Partial<Request>][] = [
    ['x-user-role', { headers: { 'x-user-role': 'admin', 'x-role': 'admin', 'x-roles': 'admin', 'x-user-roles': 'admin,user' } }],
    ['the query', { query: { role: 'admin', roles: 'admin' } }],
    ['the body', { body: { ...claims, user: claims, session: { userId: 'bob', ...claims } } }],
    ['x-user-id', { headers: { 'x-user-id': 'bob', cookie: 'role=admin; roles=admin' } }],
  ]
  for (const [where, rest] of requests) {
    expect((await app({ ...get('/admin/users', 'Bearer token-alice', rest), method: 'POST' })).status, `Alice, who claims to be an admin in ${where}`).toBe(403)
    expect((await app({ ...get('/admin/users', undefined, rest), method: 'POST' })).status, `nobody, who claims it in ${where}`).toBe(401)
  }
  expect(users.calls.length, 'calls of the handler').toBe(0)
})

test('same-route', async () => {
  const users = handler('users')
  const app = createApp([{ method: 'GET', path: '/admin/users', access: { anyOf: ['admin'] }, handler: users }, { method: 'GET', path: '/reports/salaries', access: { anyOf: ['admin'] }, handler: users }], verifyToken)
  for (const path of ['/admin/users/', '/Admin/users', '/ADMIN/USERS/', '/reports/salaries', '/Reports/Salaries']) {
    expect((await app(get(path, 'Bearer token-alice'))).status, `${path} for Alice`).toBe(403)
    expect((await app(get(path, 'Bearer token-bob'))).status, `${path} for Bob`).toBe(200)
  }
})

test('odd-headers', async () => {
  const app = createApp([{ method: 'GET', path: '/admin/users', access: { anyOf: ['admin'] }, handler: handler('users') }], verifyToken)
  for (const header of ['', 'Bearer', 'Bearer ', 'token-bob', 'Basic token-bob', 'Basic dG9rZW4tYm9i', 'Bearer constructor']) {
    const result = await outcome(app(get('/admin/users', header)))
    expect(result.value?.status, `authorization: ${JSON.stringify(header)}`).toBe(401)
  }
  expect((await app(get('/admin/users', 'bearer token-bob'))).status, 'the scheme in lower case').toBe(200)
})

test('odd-claims', async () => {
  const odd: [string, unknown][] = [['no claim', undefined], ['null', null], ['a text', 'not-an-admin'], ['the role as a text', 'admin'], ['an object', { admin: true, 0: 'admin', length: 1 }], ['a list in a list', [['admin']]], ['another case', ['Admin']], ['nothing', []]]
  for (const [what, roles] of odd) {
    const users = handler('users')
    const app = createApp([{ method: 'GET', path: '/admin/users', access: { anyOf: ['admin'] }, handler: users }], async () => ({ userId: 'mallory', roles }))
    expect((await outcome(app(get('/admin/users', 'Bearer odd')))).value?.status, `roles is ${what}`).toBe(403)
    expect(users.calls.length).toBe(0)
  }
})

test('verifier-down', async () => {
  const users = handler('users')
  const app = createApp([{ method: 'GET', path: '/admin/users', access: { anyOf: ['admin'] }, handler: users }, { method: 'GET', path: '/forgotten', handler: users }], async () => { throw new Error('key server 10.0.3.7: connection refused') })
  for (const path of ['/admin/users', '/forgotten']) {
    const { value } = await outcome(app(get(path, 'Bearer token-bob')))
    expect(value?.status, `${path} while tokens cannot be checked`).toBe(503)
    expect(JSON.stringify(value), 'the answer').toMatch(/^(?!.*(10\.0\.3\.7|refused)).*$/)
  }
  expect(users.calls.length, 'calls of the handler').toBe(0)
})

test('quiet-errors', async () => {
  const broken = async (): Promise<Response> => { throw new Error('relation "users" at db-primary:5432 does not exist') }
  const app = createApp([{ method: 'GET', path: '/admin/users', access: { anyOf: ['admin'] }, handler: broken }, { method: 'GET', path: '/health', access: 'public', handler: broken }], verifyToken)
  for (const path of ['/admin/users', '/health']) {
    const { value } = await outcome(app(get(path, 'Bearer token-bob')))
    expect(value?.status, `${path}, whose handler throws`).toBe(500)
    expect(JSON.stringify(value), 'the answer').toMatch(/^(?!.*(relation|db-primary)).*$/)
  }
})
