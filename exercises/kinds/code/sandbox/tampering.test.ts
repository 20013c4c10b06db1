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

/** Runs a program with a test that its `main` should not pass. */
async function run(program: string, body: string): Promise<TestRun> {
  const { modules, diagnostics } = sources.compiler.compile([{ name: 'answer.ts', text: `// @ts-nocheck\n${program}` }])
  expect(diagnostics).toEqual([])
  const testText = `import { test, expect, fake, clock, sleep, watch, outcome } from 'firedrill/test'\nimport { main } from './answer.ts'\ntest('it', async () => { ${body} })`
  const testFile = sources.compiler.compileTest({ name: 'answer.test.ts', text: testText })
  const task = { modules, testFile, test: 'it', seed: 1, limits: codeLimitsSchema.parse({}) }
  return describeRun('it', 1, runInSandbox(await sources.engines.get(32), task, sources.nowMs), { ...task, testText })
}

/** What a program might replace, and a wrong result that would pass if it could. */
const attacks: [string, string, string][] = [
  ['instanceof of errors', 'Object.defineProperty(Error, Symbol.hasInstance, { value: () => true })', 'expect({ a: 1 }).toEqual({ a: 2 })'],
  ['instanceof of maps', 'Object.defineProperty(Map, Symbol.hasInstance, { value: () => true }); Map.prototype[Symbol.iterator] = function* () {}', 'expect({ a: 1 }).toEqual({ a: 2 })'],
  ['instanceof of dates', 'Object.defineProperty(Date, Symbol.hasInstance, { value: () => true }); Object.prototype.getTime = () => 0', 'expect({ a: 1 }).toEqual({ a: 2 })'],
  ['the keys of objects', 'Object.keys = () => []', 'expect({ a: 1 }).toEqual({ a: 2 })'],
  ['reading of properties', 'Reflect.get = () => 1', 'expect({ a: 1 }).toEqual({ a: 2 })'],
  ['comparison', 'Object.is = () => true', 'expect(1).toBe(2)'],
  ['regular expressions', 'RegExp.prototype.test = () => true; RegExp.prototype.exec = () => []', 'expect("no").toMatch(/yes/)'],
  ['matching by symbol', 'RegExp.prototype[Symbol.replace] = () => ""; String.prototype.includes = () => true', 'expect("no").toContain("yes")'],
  ['absolute values', 'Math.abs = () => 0', 'expect(1).toBeCloseTo(9, 0.1)'],
  ['searching of lists', 'Array.prototype.some = () => true; Array.prototype.includes = () => true', 'expect([1]).toContain(2)'],
  ['filtering of lists', 'Array.prototype.filter = () => []', 'expect([1, 2].filter((n) => n > 0).length).toBe(0)'],
  ['iteration', 'Array.prototype[Symbol.iterator] = function* () {}', 'for (const n of [1]) expect(n).toBe(2)'],
  ['the next of iterators', 'Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true })', 'for (const n of [1]) expect(n).toBe(2)'],
  ['then', 'Promise.prototype.then = function () { return this }', 'await Promise.resolve().then(() => expect(1).toBe(2))'],
  ['all promises', 'Promise.all = async () => []', 'expect((await Promise.all([1])).length).toBe(0)'],
  ['a global', 'globalThis.Object = { keys: () => [], assign: () => ({}) }; globalThis.Array = { from: () => [] }', 'expect(Array.from({ length: 3 }).length).toBe(0)'],
  ['a global, defined anew', 'Object.defineProperty(globalThis, "Math", { value: { abs: () => 0, max: () => 0 } })', 'expect(Math.max(1, 2)).toBe(0)'],
  ['call and apply', 'Function.prototype.call = () => true; Function.prototype.apply = () => true; Function.prototype.bind = () => () => true', 'expect([].concat.apply([], [[1]]).length).toBe(0)'],
  ['numbers', 'Number.isInteger = () => true; Number.prototype.valueOf = () => 4', 'expect(Number.isInteger(1.5)).toBe(true)'],
  ['writing of JSON', 'JSON.stringify = () => "{}"; JSON.parse = () => ({ a: 1 })', 'expect(JSON.parse("{}")).toEqual({ a: 1 })'],
  ['splitting of texts', 'String.prototype.split = () => []; String.prototype.replace = () => ""', 'expect("a b".split(" ").length).toBe(0)'],
  ['the test by the stack', 'Error.prepareStackTrace = () => "x"; Error.stackTraceLimit = 0', 'expect(1).toBe(2)'],
]

describe('a program that replaces what tests stand on', () => {
  it.each(attacks)('does not pass by %s', async (_what, code, body) => {
    // First that the test fails at all, then that it fails whether or not the program swallows the refusal.
    expect(await run('export const main = () => 0', body)).toMatchObject({ passed: false })
    const guarded = code.split('; ').map((part) => `try { ${part} } catch {}`).join('\n')
    expect(await run(`${guarded}\nexport const main = () => 0`, `main(); ${body}`)).toMatchObject({ passed: false })
    expect(await run(`export const main = () => {\n${guarded}\n}`, `main(); ${body}`)).toMatchObject({ passed: false })
  })
})

describe('what right programs do', () => {
  it.each([
    ['name their errors', 'const error = new Error("x"); error.name = "Mine"; error.message = "y"; error.toString = () => "z"', '`${error.name} ${error.message} ${error}`', 'Mine y z'],
    ['name them in a constructor', 'class Mine extends TypeError { constructor() { super("x"); this.name = "Mine" } }\nconst error = new Mine()', '`${error.name} ${error} ${Object.keys(error)}`', 'Mine Mine: x name'],
    ['name them on a prototype', 'class Mine extends Error {}\nMine.prototype.name = "Mine"', 'String(new Mine("x"))', 'Mine: x'],
    ['give objects a text', 'const point = { x: 1 }; point.toString = () => "point"; point.constructor = null; point.valueOf = () => 7', '`${point} ${point.constructor} ${point + 1} ${Object.keys(point)}`', 'point null 8 x,toString,constructor,valueOf'],
    ['extend what the language gives', 'class Bag extends Map { get size() { return 7 } }\nclass List extends Array { filter() { return 8 } }', '`${new Bag().size} ${new List().filter()} ${new Bag([[1, 2]]).get(1)}`', '7 8 2'],
    ['decorate functions', 'const f = () => 1; f.calls = 2; f.toString = () => "f"', '`${f.calls} ${f}`', '2 f'],
    ['write the old way', 'function Old() {}\nOld.prototype.toString = function () { return "old" }\nOld.prototype.constructor = Old', '`${new Old()} ${new Old() instanceof Old}`', 'old true'],
    ['keep values by odd names', 'const counts = {}; counts.constructor = 1; counts.hasOwnProperty = 2; counts.toString = 3', 'JSON.stringify(counts)', '{"constructor":1,"hasOwnProperty":2,"toString":3}'],
    ['use their own globals', 'globalThis.mine = 1; globalThis.mine += 1; delete globalThis.mine', 'typeof mine', 'undefined'],
  ])('they %s', async (_what, code, expression, expected) => {
    expect(await run(`${code}\nexport const main = () => ${expression}`, `expect(main()).toBe(${JSON.stringify(expected)})`)).toMatchObject({ passed: true })
  })
})
