import { expect, sleep, test } from 'firedrill/test'
import { createApp } from './app.ts'
import type { Route } from './http.ts'
import { Registry } from './metrics.ts'

const routes: Route[] = [
  { method: 'GET', template: '/users/{id}/orders', handler: async () => { await sleep(250); return { status: 200 } } },
  { method: 'POST', template: '/orders', handler: async () => { await sleep(40); return { status: 201 } } },
]

test('counts', async () => {
  const registry = new Registry()
  const app = createApp(routes, registry)
  expect((await app({ method: 'GET', url: '/users/7/orders?page=2' })).status).toBe(200)
  await app({ method: 'GET', url: '/users/8/orders' })
  await app({ method: 'POST', url: '/orders' })
  expect((await app({ method: 'GET', url: '/nothing' })).status, 'a path without a route').toBe(404)
  const series = registry.get('http_requests_total')?.all() ?? []
  expect(series.map(({ labels, value }) => `${labels['method']} ${labels['status']} ${value}`), 'method, status and value of each series').toEqual(['GET 2xx 2', 'POST 2xx 1', 'GET 4xx 1'])
  expect(series[0]?.labels, 'labels of the first').toEqual({ method: 'GET', route: '/users/{id}/orders', status: '2xx' })
})

test('seconds', async () => {
  const registry = new Registry()
  const app = createApp(routes, registry)
  await Promise.all([app({ method: 'GET', url: '/users/7/orders' }), app({ method: 'GET', url: '/users/8/orders' })])
  const [series] = registry.get('http_request_duration_seconds')?.all() ?? []
  expect(series?.count, 'answers').toBe(2)
  expect(series?.value ?? 0, 'the sum of two answers of 250 ms').toBeCloseTo(0.5, 0.01)
})
