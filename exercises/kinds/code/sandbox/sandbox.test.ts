import { beforeAll, describe, expect, it } from 'vitest'
import { loadCodeSources } from '../../../../test/fixtures/code-sources.ts'
import type { CodeSources } from '../grade.ts'
import type { TestRun } from '../report.ts'
import { codeLimitsSchema } from '../schema.ts'
import { runInSandbox } from './sandbox.ts'
import { describeRun } from './test-run.ts'

let sources: CodeSources
beforeAll(async () => {
  sources = await loadCodeSources()
})

/** Runs a test against one file of a program; both are TypeScript. */
async function run(program: string, test = 'await main()', limits: Partial<ReturnType<typeof codeLimitsSchema.parse>> = {}, seed = 1): Promise<TestRun> {
  const { modules, diagnostics } = sources.compiler.compile([{ name: 'answer.ts', text: `// @ts-nocheck\n${program}` }])
  expect(diagnostics).toEqual([])
  const testText = `import { test, expect, fake, clock, sleep, watch, outcome, abortListeners } from 'firedrill/test'\nimport { main } from './answer.ts'\ntest('it', async ({ random }) => { ${test} })`
  const testFile = sources.compiler.compileTest({ name: 'answer.test.ts', text: testText })
  const task = { modules, testFile, test: 'it', seed, limits: { ...codeLimitsSchema.parse({}), ...limits } }
  const result = runInSandbox(await sources.engines.get(task.limits.memoryMb), task, sources.nowMs)
  if (result.end.type === 'broken' || result.memoryFull) sources.engines.discard()
  return describeRun('it', seed, result, { ...task, testText })
}
const said = (outcome: TestRun): string[] => outcome.trace.flatMap((entry) => (entry.kind === 'console' ? [entry.text] : []))

describe('limits', () => {
  it.each([
    ['an endless loop', 'export function main() {\n  let n = 0\n  while (true) {\n    n += 1\n  }\n}', 4],
    ['an endless loop after an await', 'interface Useless { a: string }\nexport async function main() {\n  await null\n  for (;;) {\n    await null\n  }\n}', 5],
    ['endless microtasks', 'export function main() {\n  const again = () =>\n    queueMicrotask(again)\n  return new Promise(again)\n}', 3],
    ['an endless loop in a timer', 'export function main() {\n  return new Promise(() => setTimeout(() => {\n    while (true);\n  }, 5))\n}', 3],
    ['an endless loop while loading', 'export const main = 1\nlet n = 0\nwhile (true) n += 1', 3],
    ['a regular expression that backtracks without end', 'export const main = () =>\n  /^(a+)+$/.test("a".repeat(40) + "b")', 2],
    ['a caught interruption', 'export function main() {\n  for (;;) { try {\n    for (;;);\n  } catch {} }\n}', 3],
  ])('stops %s and names the line', async (_name, program, line) => {
    expect(await run(program)).toMatchObject({ passed: false, failure: { failure: 'time', place: { file: 'answer.ts', line: line + 1 } } })
  })

  it.each([
    ['an array that grows', 'export function main() { const all = []; for (;;) all.push("x".repeat(1000) + all.length) }'],
    ['a string that doubles', 'export function main() { let s = "ab"; for (let i = 0; i < 40; i++) s += s + i; return s.length }'],
    ['one huge string', 'export const main = () => "x".repeat(2 ** 28)'],
    ['one huge array', 'export const main = () => new Array(2 ** 27).fill(7)'],
    ['a huge typed array', 'export const main = () => new Uint8Array(2 ** 30)'],
    ['swallowed memory errors', 'export function main() { const all = []; for (;;) { try { all.push(new Uint8Array(1e6)) } catch { throw new Error("sorry", { cause: all }) } } }'],
  ])('stops %s', async (_name, program) => {
    const { passed, failure } = await run(program, 'await main()', { steps: 1_000, memoryMb: 8, timeMs: 8_000 })
    expect(passed).toBe(false)
    if (failure?.message !== 'An error came out: Error: sorry' && !failure?.message.includes('Invalid')) expect(failure?.failure).toBe('memory')
  })

  it.each([
    ['recursion', 'export function main(): number {\n  return 1 + main()\n}'],
    ['mutual recursion through callbacks', 'export function main(): unknown {\n  return [1].map(() => main())\n}'],
    ['a getter that reads itself', 'const o = { get x(): unknown { return this.x } }\nexport const main = () => o.x'],
    ['a toString that shows itself', 'const o = { toString(): string { return `${o}` } }\nexport const main = () => String(o)'],
    ['recursion in a proxy', 'const p: object = new Proxy({}, { get: (_t, k) => Reflect.get(p, k) })\nexport const main = () => Reflect.get(p, "a")'],
  ])('stops %s', async (_name, program) => {
    expect(await run(program)).toMatchObject({ passed: false, failure: { failure: 'crash' } })
  })

  it.each([
    ['deep data', 'export function main() { let a: unknown[] = []; for (let i = 0; i < 1e5; i++) a = [a]; return JSON.stringify(a) }'],
    ['a deep expression', 'export const main = () => eval("(".repeat(1e5))'],
    ['a deep regular expression', 'export const main = () => new RegExp("(".repeat(1e5) + ")".repeat(1e5)).test("")'],
    ['a deep chain of promises', 'export function main() { let p = Promise.resolve(); for (let i = 0; i < 2e5; i++) p = p.then(() => {}); return p }'],
  ])('survives %s, and runs the next program', async (_name, program) => {
    await run(program)
    expect(await run('export const main = () => 1')).toMatchObject({ passed: true })
  })

  it('stops intervals that nobody clears, and days that never end', async () => {
    expect(await run('export const main = () => new Promise(() => setInterval(() => {}, 10))')).toMatchObject({ failure: { failure: 'time' } })
    expect(await run('export const main = async () => { for (;;) await new Promise((go) => setTimeout(go, 1e9)) }')).toMatchObject({ failure: { failure: 'time' } })
  })

  it('says that nothing will settle a promise', async () => {
    expect(await run('export const main = () => new Promise(() => {})')).toMatchObject({ failure: { failure: 'wrong', message: expect.stringContaining('nothing will settle') } })
  })

  it('counts steps alike on every run', async () => {
    const busy = (turns: number) => `export function main() { for (let i = 0; i < ${turns}; i++); }`
    expect(await run(busy(150_000), 'await main()', { steps: 50 })).toMatchObject({ passed: true })
    expect(await run(busy(600_000), 'await main()', { steps: 50 })).toMatchObject({ passed: false })
  })

  it('keeps a flood of output bounded', async () => {
    const flood = await run('export function main() { for (let i = 0; i < 5000; i++) console.log("x".repeat(5000)) }', 'await main()', { steps: 1_000, timeMs: 10_000 })
    expect(flood).toMatchObject({ passed: true, dropped: 3_000 })
    expect(Math.max(...said(flood).map((text) => text.length))).toBeLessThan(2_100)
  })
})

describe('isolation', () => {
  it.each([
    ['process', 'typeof process'], ['require', 'typeof require'], ['fetch', 'typeof fetch'], ['std', 'typeof std'], ['os', 'typeof os'], ['window', 'typeof window'],
    ['WebAssembly', 'typeof WebAssembly'], ['XMLHttpRequest', 'typeof XMLHttpRequest'], ['Worker', 'typeof Worker'], ['the handover', 'typeof __firedrill'],
    ['process by constructors', '[].constructor.constructor("return typeof process")()'],
    ['process by an async function', 'await (async () => {}).constructor("return typeof process")()'],
    ['process by indirect eval', '(0, eval)("typeof process")'],
    ['the host by console', 'console.log.constructor("return typeof process")()'],
    ['the host by a timer', 'setTimeout.constructor("return typeof process")()'],
    ['the host by an error', 'await new Promise((r) => { try { null.x } catch (e) { r(e.constructor.constructor("return typeof process")()) } })'],
    ['the host by a caller', '(function f() { return typeof (f.caller && f.caller.process) })()'],
  ])('has no %s', async (_name, expression) => {
    expect(said(await run(`export async function main() { try { console.log(${expression}) } catch (e) { console.log("undefined") } }`))).toEqual(['undefined'])
  })

  it.each(['fs', 'node:fs', 'os', 'std', 'firedrill/test', './answer.test.ts', '../secret.ts', '/etc/passwd', 'https://example.com/x.js', 'data:text/javascript,export{}'])('refuses to import %s', async (name) => {
    expect(said(await run(`export async function main() { try { await import(${JSON.stringify(name)}); console.log('in') } catch (e) { console.log(e.message) } }`))[0]).toMatch(/^There is no module|^could not load|Only the files/)
  })

  it('does not let one run touch the next', async () => {
    await run('export function main() { Array.prototype.map = () => ["mine"]; Object.prototype.stolen = 1; globalThis.left = 1; Promise.prototype.then = () => {}; JSON.stringify = () => "x" }')
    const clean = await run('export function main() { console.log([1].map(String).join(), typeof ({}).stolen, typeof globalThis.left) }')
    expect(said(clean)).toEqual(['1 undefined undefined'])
    expect(clean.passed).toBe(true)
  })

  it.each([
    ['replaced intrinsics', 'Object.is = () => true; JSON.stringify = () => "{}"; Array.prototype.push = () => 0'],
    ['a swallowed expectation', 'globalThis.swallow = true'],
    ['forged events', 'console.log({ kind: "end", atMs: 0, toJSON() { return { kind: "end", atMs: 0 } } })'],
    ['a pollution of then', 'Object.prototype.then = undefined'],
  ])('does not pass by %s', async (_name, code) => {
    expect(await run(`export function main() { ${code}; return 2 }`, 'try { expect(main()).toBe(3) } catch (e) { if (!globalThis.swallow) throw e }')).toMatchObject({ passed: false })
  })
})

describe('determinism', () => {
  const program = `export async function main() {
    console.log(Math.random(), Date.now(), new Date().toISOString(), new Date().getHours(), new Date().getTimezoneOffset(), performance.now(), crypto.randomUUID())
    await new Promise((go) => setTimeout(go, 1500))
    console.log(new Date(), new Date('2026-03-29T02:30:00').getTime(), new Date(2026, 6, 1).getTime(), Date(), performance.now())
  }`
  it('gives the same bytes for the same seed, and others for another', async () => {
    const first = await run(program)
    expect(await run(program)).toEqual(first)
    expect(said(await run(program, 'await main()', {}, 2))[0]).not.toBe(said(first)[0])
    expect(said(first)[0]).toContain('1767603600000 2026-01-05T09:00:00.000Z 9 0 0 ')
    expect(said(first)[1]).toBe(`2026-01-05T09:00:01.500Z ${Date.UTC(2026, 2, 29, 2, 30)} ${Date.UTC(2026, 6, 1)} Mon, 05 Jan 2026 09:00:01 GMT 1500`)
  })
})
