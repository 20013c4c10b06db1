import { beforeAll, describe, expect, it } from 'vitest'
import { loadCodeSources } from '../../../../test/fixtures/code-sources.ts'
import type { Diagnostic } from '../compile/compiler.ts'
import type { CodeSources } from '../grade.ts'
import type { TestRun } from '../report.ts'
import { runInSandbox } from '../sandbox/sandbox.ts'
import { describeRun } from '../sandbox/test-run.ts'
import { codeLimitsSchema } from '../schema.ts'
import { packageNames, typesPath } from './packages.ts'

let sources: CodeSources
beforeAll(async () => {
  sources = await loadCodeSources()
  await sources.packages()
})

const api = "import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'\n"
const sdk = "import { InMemorySpanExporter, SimpleSpanProcessor, StackContextManager, TracerProvider } from '@opentelemetry/sdk-trace'\n"
const setUp = `${sdk}${api}const exporter = new InMemorySpanExporter()
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }))
context.setGlobalContextManager(new StackContextManager().enable())
const tracer = trace.getTracer('shop')
`

async function check(program: string, allowed: readonly string[] = packageNames): Promise<Diagnostic[]> {
  return sources.compiler.compile([{ name: 'answer.ts', text: program }], { available: await sources.packages(), allowed }).diagnostics
}

async function run(program: string, limits: Partial<ReturnType<typeof codeLimitsSchema.parse>> = {}, allowed: readonly string[] = packageNames): Promise<TestRun> {
  const packages = { available: await sources.packages(), allowed }
  const { modules, diagnostics } = sources.compiler.compile([{ name: 'answer.ts', text: `// @ts-nocheck\n${program}` }], packages)
  expect(diagnostics).toEqual([])
  const testText = "import { test } from 'firedrill/test'\nimport { main } from './answer.ts'\ntest('it', async () => { await main() })"
  const testFile = sources.compiler.compileTest({ name: 'answer.test.ts', text: testText })
  const task = { modules, testFile, test: 'it', seed: 1, packages, limits: { ...codeLimitsSchema.parse({}), ...limits } }
  const result = runInSandbox(await sources.engines.get(task.limits.memoryMb), task, sources.nowMs)
  if (result.end.type === 'broken' || result.memoryFull) sources.engines.discard()
  return describeRun('it', 1, result, { ...task, testText })
}
const said = (outcome: TestRun): string[] => outcome.trace.flatMap((entry) => (entry.kind === 'console' ? [entry.text] : []))

describe('types', () => {
  it('are those of the packages', async () => {
    const use = (end: string): string => `${setUp}tracer.startActiveSpan('load', { kind: SpanKind.SERVER }, (span) => { span${end}; span.end() })`
    expect(await check(use('.setStatus({ code: SpanStatusCode.ERROR })'))).toEqual([])
    expect(await check(use(".setStatus('error')"))).toMatchObject([{ code: 'TS2345', file: 'answer.ts', line: 7 }])
    expect(await check(use('.setTag("a", 1)'))).toMatchObject([{ code: 'TS2339', message: "Property 'setTag' does not exist on type 'Span'." }])
  })

  it('are there only where the exercise allows the package', async () => {
    expect(await check(api, [])).toMatchObject([{ code: 'TS2307' }])
    expect(await check(sdk, ['@opentelemetry/api'])).toMatchObject([{ code: 'TS2307' }])
    expect(await check(api, ['@opentelemetry/api'])).toEqual([])
    expect(await check("import '@opentelemetry/resources'")).toMatchObject([{ code: 'TS2882' }])
  })

  it('find their neighbours', () => {
    expect(typesPath('../common/Time.mjs', '/node_modules/x/dist/trace/span.d.mts')).toBe('/node_modules/x/dist/common/Time.d.mts')
    expect(typesPath('./b.mjs', '/node_modules/x/dist/a.d.mts')).toBe('/node_modules/x/dist/b.d.mts')
  })
})

describe('in the sandbox', () => {
  it('records spans, with ids from the seed and times from the virtual clock', async () => {
    const program = `${setUp}export async function main() {
      const parent = tracer.startSpan('GET /orders/{id}', { kind: SpanKind.SERVER })
      const child = tracer.startSpan('SELECT', {}, trace.setSpan(context.active(), parent))
      await new Promise((go) => setTimeout(go, 250))
      child.recordException(new TypeError('no rows'))
      child.end(); parent.end()
      for (const span of exporter.getFinishedSpans()) console.log(span.name, span.parentSpanContext?.spanId === parent.spanContext().spanId, span.duration, span.startTime[0], span.events.map((event) => event.name + event.attributes['exception.type']))
      console.log(parent.spanContext().traceId)
    }`
    const first = await run(program)
    expect(said(first).slice(0, 2)).toEqual(['SELECT true [0, 250000000] 1767603600 ["exceptionTypeError"]', 'GET /orders/{id} false [0, 250000000] 1767603600 []'])
    expect(said(first)[2]).toMatch(/^[0-9a-f]{32}$/)
    expect(await run(program)).toEqual(first)
  })

  it('loses the active span at the first await, as a browser does', async () => {
    expect(said(await run(`${setUp}export const main = () => tracer.startActiveSpan('a', async (span) => {
      console.log(trace.getActiveSpan() === span)
      await null
      console.log(trace.getActiveSpan() === span)
    })`))).toEqual(['true', 'false'])
  })

  it('leaves nothing of one run to the next', async () => {
    await run(`${setUp}export const main = () => { Object.getPrototypeOf(tracer).startSpan = () => { throw new Error('mine') } }`)
    expect(said(await run(`${api}export const main = () => console.log(trace.getTracer('x').startSpan('y').isRecording())`))).toEqual(['false'])
    expect(await run(`${setUp}export const main = () => tracer.startSpan('y').end()`)).toMatchObject({ passed: true })
  })

  it.each([
    ['what no exercise allows', '@opentelemetry/resources', packageNames],
    ['what this exercise does not allow', '@opentelemetry/sdk-trace', ['@opentelemetry/api'] as const],
    ['a file inside a package', '@opentelemetry/api/dist/index.mjs', packageNames],
    ['a path that climbs', '@opentelemetry/api/../../secret.js', packageNames],
    ['a property of every object', 'constructor', packageNames],
    ['the prototype', '__proto__', packageNames],
    ['tests', 'firedrill/test', packageNames],
  ])('refuses to import %s', async (_what, name, allowed) => {
    const [text] = said(await run(`export async function main() { try { await import(${JSON.stringify(name)}); console.log('in') } catch (error) { console.log(error.message) } }`, {}, allowed))
    expect(text).toMatch(/^There is no module/)
  })

  it.each([
    ['a tracer', 'trace.getTracer.constructor("return typeof process")()'],
    ['a span', 'tracer.startSpan("x").constructor.constructor("return typeof process")()'],
    ['an asynchronous method', 'Object.getPrototypeOf(exporter.forceFlush().constructor).constructor("return typeof process")()'],
    ['the global of the API', 'typeof Object.getOwnPropertySymbols(globalThis).map((key) => globalThis[key]).find((value) => value?.version)?.constructor.constructor("return this.process")()'],
    ['the platform of the SDK', 'typeof process === "undefined" ? typeof Buffer : "process"'],
  ])('gives no way out by %s', async (_what, expression) => {
    expect(said(await run(`${setUp}export const main = () => console.log(${expression})`))).toEqual(['undefined'])
  })

  it.each([
    ['spans that nobody exports away', 'for (;;) tracer.startSpan("x".repeat(10_000) + Math.random()).end()'],
    ['attributes without a bound', 'const span = tracer.startSpan("x"); for (let n = 0; ; n++) span.setAttribute("k" + (n % 128), "x".repeat(n * 1_000) + n)'],
    ['a trace state of great length', 'let all = []; for (;;) all.push(context.active().setValue(Symbol(), new Array(10_000).fill(all)))'],
  ])('stops %s', async (_what, code) => {
    const outcome = await run(`${setUp}export const main = () => { ${code} }`, { memoryMb: 16, steps: 2_000, timeMs: 9_000 })
    expect(outcome).toMatchObject({ passed: false, failure: { failure: 'memory' } })
    expect(await run(`${setUp}export const main = () => tracer.startSpan('y').end()`)).toMatchObject({ passed: true })
  })
})
