import { clock, expect, outcome, sleep, test } from 'firedrill/test'
import { createApp } from './app.ts'
import type { Request, Response, Route } from './http.ts'
import { Histogram, Registry } from './metrics.ts'

const answers = (status: number) => async (): Promise<Response> => ({ status })
const page = (template: string, handler: Route['handler'] = answers(200), method = 'GET'): Route => ({ method, template, handler })
const shop: Route[] = [
  page('/'),
  page('/products/{id}'),
  page('/users/{id}/orders', async ({ userId }) => ({ status: Number(userId) % 7 === 0 ? 500 : Number(userId) % 5 === 0 ? 404 : 200 })),
  page('/users/{id}/orders/{order}'),
  page('/orders', answers(201), 'POST'),
]

function app(routes = shop) {
  const registry = new Registry()
  return { registry, send: createApp(routes, registry), counter: () => registry.get('http_requests_total')?.all() ?? [], durations: () => registry.get('http_request_duration_seconds')?.all() ?? [] }
}
const valuesOf = (series: readonly { labels: Readonly<Record<string, string>> }[], label: string): string[] => [...new Set(series.map(({ labels }) => labels[label] ?? ''))].toSorted()

test('ten-thousand-users', async () => {
  const few = app()
  const many = app()
  const visit = async (send: (request: Request) => Promise<Response>, id: number): Promise<void> => {
    await send({ method: 'GET', url: id % 2 === 0 ? `/users/${id}/orders/${id * 17}` : `/users/${id}/orders?session=${id * 31}`, userId: String(id) })
  }
  for (let id = 1; id <= 70; id += 1) await visit(few.send, id)
  for (let id = 1; id <= 10_000; id += 1) await visit(many.send, id)
  expect(many.registry.seriesCount(), 'series after 10,000 users, as many as after 70').toBe(few.registry.seriesCount())
  expect(many.registry.seriesCount(), 'series').toBeAtMost(100)
  expect(many.counter().reduce((sum, { value }) => sum + value, 0), 'requests counted').toBe(10_000)
  expect(valuesOf(many.counter(), 'route'), 'values of route').toEqual(['/users/{id}/orders', '/users/{id}/orders/{order}'])
})

test('scanners', async () => {
  const { send, counter, registry } = app()
  for (let n = 0; n < 2_000; n += 1) await send({ method: 'GET', url: `/wp-${n}/login.php?x=${n}` })
  expect(counter().length, 'series of the counter after 2,000 paths that do not exist').toBe(1)
  expect(counter()[0]?.value, 'its value').toBe(2_000)
  expect(registry.seriesCount(), 'series of all metrics').toBeAtMost(25)
})

test('methods', async () => {
  const { send, counter } = app()
  for (let n = 0; n < 300; n += 1) await send({ method: `X${n}`, url: '/orders' })
  await send({ method: 'get', url: '/' })
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) await send({ method, url: '/nothing' })
  expect(valuesOf(counter(), 'method').length, 'values of method: seven, and one for all others').toBe(8)
})

test('classes', async () => {
  const statuses = [200, 201, 204, 301, 304, 400, 401, 404, 418, 429, 499, 500, 502, 503, 599]
  const { send, counter, durations } = app(statuses.map((status) => page(`/s${status}`, answers(status))))
  for (const status of statuses) await send({ method: 'GET', url: `/s${status}` })
  expect(valuesOf(counter(), 'status'), 'values of status').toEqual(['2xx', '3xx', '4xx', '5xx'])
  expect(valuesOf(durations(), 'status'), 'values of status in the histogram').toEqual(['2xx', '3xx', '4xx', '5xx'])
  expect(counter().find(({ labels }) => labels['route'] === '/s429')?.labels['status'], 'the class of 429').toBe('4xx')
})

test('failures', async () => {
  const { send, counter, durations } = app([page('/pay', async () => { await sleep(120); throw new Error('refused') }), page('/now', () => { throw new Error('at once') })])
  for (const url of ['/pay', '/now']) expect((await outcome((async () => send({ method: 'GET', url }))())).value?.status, `the answer of ${url}`).toBe(500)
  expect(counter().map(({ labels, value }) => `${labels['route']} ${labels['status']} ${value}`), 'the counter').toEqual(['/pay 5xx 1', '/now 5xx 1'])
  expect(durations().map(({ count }) => count), 'answers in the histogram').toEqual([1, 1])
  expect(durations()[0]?.value ?? 0, 'seconds until /pay failed').toBeCloseTo(0.12, 0.005)
})

test('objective', async () => {
  const { send, registry, durations } = app([page('/slow/{ms}', async ({ url }) => { await sleep(Number(url.split('/')[2])); return { status: 200 } })])
  for (const ms of [290, 290, 290, 300, 310, 450, 20]) await send({ method: 'GET', url: `/slow/${ms}` })
  const metric = registry.get('http_request_duration_seconds')
  const at = metric?.bounds.indexOf(0.3) ?? -1
  expect(metric?.bounds, 'the bounds in seconds').toContain(0.3)
  expect(durations()[0]?.buckets[at], 'answers of at most 300 ms, of 7').toBe(5)
})

test('range', async () => {
  const { send, registry } = app()
  await send({ method: 'GET', url: '/' })
  const metric = registry.get('http_request_duration_seconds')
  expect(metric instanceof Histogram, 'a histogram').toBeTrue()
  const bounds = metric?.bounds ?? []
  expect(bounds.length, 'buckets').toBeBetween(2, 15)
  expect(bounds[0] ?? 1, 'the lowest bound').toBeAtMost(0.01)
  expect(bounds.at(-1) ?? 0, 'the highest bound').toBeAtLeast(10)
  for (const [index, bound] of bounds.entries()) {
    const below = bounds[index - 1]
    if (below !== undefined && below >= 0.01 && below < 10) expect(bound / below, `from ${below} to ${bound}, a factor`).toBeAtMost(2.500_001)
  }
})

test('in-flight', async () => {
  const { send, registry } = app([page('/pay', async () => { await sleep(100); throw new Error('refused') }), page('/fine', async () => { await sleep(200); return { status: 200 } })])
  const running = () => registry.get('http_requests_in_flight')?.all()[0]?.value
  const all = ['/pay', '/fine', '/fine', '/nothing'].map((url) => outcome(send({ method: 'GET', url })))
  await clock.advance(50)
  expect(running(), 'running after 50 ms').toBe(3)
  await clock.advance(100)
  expect(running(), 'running after 150 ms, when one has failed').toBe(2)
  await Promise.all(all)
  expect(running(), 'running at the end').toBe(0)
})

test('clock-jump', async () => {
  const { send, durations } = app([page('/pay', async () => { await sleep(100); clock.jump(-5_000); await sleep(100); return { status: 200 } })])
  await send({ method: 'GET', url: '/pay' })
  expect(durations()[0]?.value ?? -1, 'seconds of an answer during which the clock was set back by 5 s').toBeCloseTo(0.2, 0.005)
})
