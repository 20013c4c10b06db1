import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFilterExpression, parseTraceSearch, searchByFilterExpression, searchTraces, type SearchWindow } from './index.ts'
import { MemoryTraceSource, traceOf } from './testing/memory-traces.ts'

const WINDOW: SearchWindow = { fromUs: 0, toUs: 1e9, limit: 100, order: 'oldest' }

/** gateway -> order-service -> (payment, orders-db): fine, slow in payment, failing in payment but handled, refused, throttled. */
const source = new MemoryTraceSource(([
  ['fine', 200, 200, 100], ['slow', 200, 200, 3000], ['handled', 200, 500, 200], ['failed', 503, 500, 2500], ['refused', 404, 200, 50], ['throttled', 429, 200, 10],
] as const).map(([id, status, paymentStatus, milliseconds], index) => traceOf(id, [
  { spanId: `${id}-g`, service: 'gateway', name: 'POST /pay', kind: 'server', startUs: index * 1e6, durationUs: milliseconds * 1000, status: status >= 500 ? 'error' : 'unset', attributes: { 'http.response.status_code': status, 'url.full': `http://shop.example.com/v2/pay/${index}`, 'http.request.method': 'POST', 'http.route': '/pay', 'user.id': index === 1 ? 'alice' : 'bob' } },
  { spanId: `${id}-o`, parentSpanId: `${id}-g`, service: 'order-service', name: 'place order', kind: 'server', startUs: index * 1e6, durationUs: milliseconds * 900, attributes: { tenant: index % 2 === 0 ? 'acme' : 'globex', age: 20 + index, trial: index === 0, 'cloud.platform': 'aws_ecs' } },
  { spanId: `${id}-c`, parentSpanId: `${id}-o`, service: 'order-service', name: 'charge', kind: 'client', startUs: index * 1e6, durationUs: milliseconds * 800, status: paymentStatus >= 500 ? 'error' : 'unset' },
  { spanId: `${id}-p`, parentSpanId: `${id}-c`, service: 'payment', name: 'charge card', kind: 'server', startUs: index * 1e6, durationUs: milliseconds * 700, status: paymentStatus >= 500 ? 'error' : 'unset', statusMessage: paymentStatus >= 500 ? 'provider timed out' : null, attributes: { 'http.response.status_code': paymentStatus } },
  { spanId: `${id}-d`, parentSpanId: `${id}-o`, service: 'order-service', name: 'INSERT', kind: 'client', startUs: index * 1e6, durationUs: milliseconds * 50, attributes: { 'db.system.name': 'postgresql', 'server.address': 'orders-db' } },
])))

const ids = (result: { found: readonly { trace: { traceId: string } }[] }) => result.found.map(({ trace }) => trace.traceId)

function text(query: string, window = WINDOW) {
  const parsed = parseTraceSearch(query)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return ids(searchTraces(source, parsed.value, window))
}

function xray(expression: string) {
  const result = searchByFilterExpression(source, expression, WINDOW)
  if (!result.ok) throw new Error(result.error.message)
  return ids(result.value)
}

const ALL = ['fine', 'slow', 'handled', 'failed', 'refused', 'throttled']

describe('search by text', () => {
  it.each([
    ['', ALL], ['service=payment duration>500ms', ['slow', 'failed']], ['service=payment status=error', ['handled', 'failed']], ['http.route="/pay" http.response.status_code>=500', ['failed']], ['service=gateway status!=error duration >= 200ms', ['slow', 'handled']],
    ['trace.duration>2s and status=error', ['failed']], ['trace.error=true trace.service=orders-db', []], ['trace.error=true trace.service=payment', ['handled', 'failed']], ['name=~"charge.*" service=payment duration<=7ms', ['throttled']], ['operation="place order" tenant=acme', ['fine', 'handled', 'refused']],
    ['age!=20 age<23', ['slow', 'handled']], ['trial=true', ['fine']], ['tenant!=acme', ['slow', 'failed', 'throttled']], ['kind=client db.system.name=postgresql duration>100ms', ['slow', 'failed']], ['service=payment http.route="/pay"', []], ['trace.spans>5', []],
  ])('%s', (query, expected) => {
    expect(text(query)).toEqual(expected)
  })
  it('orders and cuts', () => {
    expect(text('', { ...WINDOW, order: 'newest', limit: 2 })).toEqual(['throttled', 'refused'])
    expect(text('', { ...WINDOW, order: 'slowest', limit: 2 })).toEqual(['slow', 'failed'])
    expect(searchTraces(source, {}, { ...WINDOW, limit: 2 })).toMatchObject({ matchedCount: 6, scannedCount: 6, found: [{ matchedSpanIds: ['fine-g'] }, {}] })
  })
  it.each([
    ['service', '1:1', 'service=service'], ['service=', '1:9', 'Put a value'], ['duration>500', '1:10', 'duration>500ms'], ['status=eror', '1:8', 'status=error'], ['service=a or service=b', '1:11', '=~'], ['service>a', '1:1', '='], ['service=a service=b', '1:11', '=~'],
    ['name="x', '1:6', 'Close it'], ['name=~"("', '1:7', 'RE2'], ['durtion>5s', '1:9', 'duration'], ['  =x', '1:3', 'service=checkout'], ['service:a', '1:8', 'service=...'], ['trace.error=yes', '1:13', 'true'],
  ])('refuses %s at %s', (query, place, suggestion) => {
    const parsed = parseTraceSearch(query)
    if (parsed.ok) throw new Error('accepted')
    expect(parsed.error.message.startsWith(`${place}: `) ? place : parsed.error.message).toBe(place)
    expect(parsed.error.suggestion).toContain(suggestion)
  })
})

describe('X-Ray filter expressions', () => {
  it.each([
    ['service("order-service") AND duration > 2', ['slow', 'failed']], ['responsetime > 2.5', ['slow']], ['responseTime >= 2.5 and fault', ['failed']], ['fault', ['failed']], ['error', ['refused', 'throttled']], ['throttle', ['throttled']], ['error AND !throttle', ['refused']],
    ['ok', ['fine', 'slow', 'handled']], ['ok = false', ['failed', 'refused', 'throttled']], ['!ok', ['failed', 'refused', 'throttled']], ['ok !partial duration <3', ['fine', 'handled']], ['http.status = 404', ['refused']], ['http.status != 200', ['failed', 'refused', 'throttled']],
    ['service("payment") { fault }', ['handled', 'failed']], ['service("payment") { fault = true OR responsetime > 2 }', ['slow', 'handled', 'failed']], ['service() { fault }', ['handled', 'failed']], ['edge("order-service", "payment") { fault }', ['handled', 'failed']], ['edge("gateway", "payment")', []], ['edge("order-service", "orders-db") { responsetime > 0.1 }', ['slow', 'failed']],
    ['http.url CONTAINS "/v2/pay/3"', ['failed']], ['http.url BEGINSWITH "http://shop" AND http.url ENDSWITH "0"', ['fine']], ['http.url AND responsetime > 2', ['slow', 'failed']], ['http.method = "GET"', []], ['user = "alice"', ['slow']], ['user CONTAINS ""', ALL],
    ['annotation[tenant] = "acme"', ['fine', 'handled', 'refused']], ['annotation.tenant != "acme"', ['slow', 'failed', 'throttled']], ['annotation.age > 23', ['refused', 'throttled']], ['annotation.trial', ['fine']], ['!annotation.trial', ['slow', 'handled', 'failed', 'refused', 'throttled']], ['annotation[none]', []], ['annotation[tenant] CONTAINS "lob"', ['slow', 'failed', 'throttled']],
    ['service(id(name: "order-service", type: "AWS::ECS::Container")) { responsetime > 2 }', ['slow', 'failed']], ['service(id(type: "Database::SQL"))', ALL], ['service("gateway") {root = true and fault = true}', ['failed']], ['!service("payment")', []], ['message CONTAINS "timed out"', ['handled', 'failed']], ['inferred', ALL], ['partial', []],
    ['(throttle OR fault) AND http.status > 0', ['failed', 'throttled']], ['fault OR error AND throttle', ['failed', 'throttled']], ['name = "payment" && type = "Database::SQL"', ALL],
  ])('%s', (expression, expected) => {
    expect(xray(expression)).toEqual(expected)
  })
  it('tells which spans were meant', () => {
    const result = searchByFilterExpression(source, 'edge("order-service", "payment") { fault }', WINDOW)
    expect(result.ok && result.value.found[0]?.matchedSpanIds).toEqual(['handled-c'])
  })
  it.each([
    ['', '1:1', 'service('], ['responsetime > 500ms', '1:19', 'seconds'], ['responstime > 5', '1:1', 'responsetime'], ['service(order-service)', '1:9', '"order-service"'], ['service("a", "b")', '1:12', 'OR'], ['edge("a")', '1:9', 'edge("order-service"'], ['fault AND', '1:10', 'keyword'], ['(fault', '1:7', 'Close'], ['fault)', '1:6', 'Remove'],
    ['service("a") { fault', '1:21', 'brace'], ['service("a") { annotation.x = 1 }', '1:16', 'beside'], ['http.url = pay', '1:12', '"pay"'], ['http.url > "a"', '1:10', 'CONTAINS'], ['fault == true', '1:8', 'one ='], ['annotation[x', '1:13', 'bracket'], ['annotation.x > "5"', '1:16', 'without quotes'], ['user = "a', '1:8', 'Close it'], ['rootcause.fault.service { x }', '1:1', 'service('],
    ["user = 'a'", '1:8', 'double quotes'], ['responsetime > fast', '1:16', 'seconds'], ['id(name: "a")', '1:1', 'service(id('], ['service(id(nme: "a"))', '1:12', 'id(name:'], ['fault = 1', '1:9', 'true'], ['fault AND tenant = "acme"', '1:11', 'annotation[tenant]'],
  ])('refuses %s at %s', (expression, place, suggestion) => {
    const parsed = parseFilterExpression(expression)
    if (parsed.ok) throw new Error('accepted')
    expect(parsed.error.message.startsWith(`${place}: `) ? place : parsed.error.message).toBe(place)
    expect(parsed.error.suggestion).toContain(suggestion)
  })
})

describe('fuzz', () => {
  const fragments = fc.array(fc.constantFrom('service', 'edge', '(', ')', '{', '}', '"a"', '"', 'id(name:', 'type', ',', ':', 'AND', 'or', '!', 'fault', 'responsetime', 'http.url', 'CONTAINS', 'annotation', '[', ']', '.x', '=', '!=', '>', '<=', '5', '2.5', '-1', 'true', '500ms', '&&', "'", '\\', '😀', '\n', 'status=', 'duration>', 'name=~', 'trace.', '(a+)+', ' '), { maxLength: 16 })
  it('gives an error with a place, and never fails otherwise', () => {
    fc.assert(fc.property(fragments, fc.constantFrom('', ' '), (parts, space) => {
      const input = parts.join(space)
      for (const parsed of [parseFilterExpression(input), parseTraceSearch(input)]) {
        if (parsed.ok) continue
        expect(parsed.error.message).toMatch(/^\d+:\d+: parse error: ./)
        expect(parsed.error.from).toBeLessThanOrEqual(input.length)
        expect(parsed.error.to).toBeGreaterThanOrEqual(parsed.error.from)
      }
      searchByFilterExpression(source, input, WINDOW)
    }), { numRuns: 5000 })
    for (const input of ['('.repeat(3000), '!'.repeat(1999), 'fault '.repeat(300), '('.repeat(49) + 'fault' + ')'.repeat(49), 'a=b '.repeat(5000), `service=~"${'(a*)*'.repeat(50)}"`]) {
      parseFilterExpression(input)
      parseTraceSearch(input)
    }
  })
})
