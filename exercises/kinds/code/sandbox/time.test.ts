import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadCodeSources } from '../../../../test/fixtures/code-sources.ts'
import type { CodeSources } from '../grade.ts'
import { codeLimitsSchema } from '../schema.ts'
import { runInSandbox } from './sandbox.ts'

let sources: CodeSources
beforeAll(async () => {
  sources = await loadCodeSources()
})

/** Console lines of a test's body. */
async function lines(body: string): Promise<string[]> {
  const testFile = sources.compiler.compileTest({
    name: 'time.test.ts',
    text: `import { test, clock, sleep, watch, outcome, abortListeners } from 'firedrill/test'\ntest('it', async () => { const log = console.log; ${body} })`,
  })
  const { events, end } = runInSandbox(await sources.engines.get(32), { modules: [], testFile, test: 'it', seed: 1, limits: codeLimitsSchema.parse({}) }, sources.nowMs)
  if (end.type !== 'done') return [JSON.stringify(end), ...events.map((event) => JSON.stringify(event))]
  return events.flatMap((event) => (event.kind === 'console' ? [event.text] : []))
}

/** A program as data: steps that log, and do something now, soon or later. */
type Step = { do: 'microtask' | 'await' | 'timer' | 'interval' | 'cancelled'; delayMs: number; then: Step[] }
const step: fc.Memo<Step> = fc.memo((depth) =>
  fc.record({
    do: fc.constantFrom('microtask', 'await', 'timer', 'timer', 'interval', 'cancelled'),
    // Far enough apart that a busy machine cannot swap them, few enough that some fall together.
    delayMs: fc.constantFrom(0, 1, 40, 80, 120),
    then: depth <= 1 ? fc.constant([]) : fc.array(step(depth - 1), { maxLength: 2 }),
  }),
)

/** Plays steps; the same text runs in Node and in the sandbox. */
const player = `function play(steps, path, log) {
  steps.forEach((step, index) => {
    const name = path + '.' + index + step.do
    const go = () => { log(name); play(step.then, name, log) }
    if (step.do === 'microtask') queueMicrotask(go)
    if (step.do === 'await') (async () => { await null; await null; go() })()
    if (step.do === 'timer') setTimeout(go, step.delayMs)
    if (step.do === 'cancelled') clearTimeout(setTimeout(go, step.delayMs))
    if (step.do === 'interval') { let n = 0; const id = setInterval(() => { log(name); n += 1; if (n === 2) { clearInterval(id); play(step.then, name, log) } }, Math.max(40, step.delayMs)) }
  })
}`

describe('virtual time', () => {
  it('orders timers and promise jobs as Node does', async () => {
    const programs = fc.sample(fc.array(step(3), { minLength: 2, maxLength: 4 }), { numRuns: 40, seed: 7 })
    const inNode = await Promise.all(
      programs.map(async (program) => {
        const seen: string[] = []
        new Function('steps', 'log', `${player}; play(steps, '', log)`)(program, (name: string) => seen.push(name))
        await new Promise((resolve) => setTimeout(resolve, 1_500))
        return seen
      }),
    )
    // Timers of different lengths that fall due together are Node's to order by chance; compare where chance has no part.
    let compared = 0
    for (const [index, program] of programs.entries()) {
      if (!isOrdered(program)) continue
      compared += 1
      expect(await lines(`${player}; play(${JSON.stringify(program)}, '', log); await sleep(5000)`)).toEqual(inNode[index])
    }
    expect(compared).toBeGreaterThan(10)
  })

  it('lets no real time pass', async () => {
    expect(await lines('for (let day = 0; day < 20; day++) await sleep(3_600_000); log(clock.now())')).toEqual(['72000000'])
  })

  it('fires what is due before an advance ends, and promise jobs of each timer before the next', async () => {
    expect(await lines(`
      setTimeout(() => { log('b'); queueMicrotask(() => log('b job')) }, 20); setTimeout(() => log('a'), 10); setTimeout(() => log('c'), 20); setTimeout(() => log('late'), 21)
      await clock.advance(20); log('now ' + clock.now() + ', armed ' + clock.pending())`)).toEqual(['a', 'b', 'b job', 'c', 'now 20, armed 1'])
  })

  it('settles promise jobs without time passing', async () => {
    expect(await lines(`let n = 0; (async () => { for (; n < 50; n++) await null })(); setTimeout(() => log('timer'), 1); await clock.settle(); log(n, clock.now())`)).toEqual(['50 0'])
  })

  it('moves the wall clock alone in a jump', async () => {
    expect(await lines('const before = Date.now(); clock.jump(-5000); log(Date.now() - before, performance.now()); await sleep(10); log(Date.now() - before, performance.now())')).toEqual(['-5000 0', '-4990 10'])
  })

  it('treats odd delays as Node does', async () => {
    expect(await lines(`setTimeout(() => log('two'), 2); setTimeout(() => log('nan'), NaN); setTimeout(() => log('minus'), -5); setTimeout(() => log('none')); setTimeout(() => log('huge'), 2 ** 31); setTimeout(() => log('text'), '1'); await sleep(50)`)).toEqual(['nan', 'minus', 'none', 'huge', 'text', 'two'])
  })
})

describe('abort signals', () => {
  it.each([
    ['reasons', `const c = new AbortController(); c.abort(); c.abort('later'); log(c.signal.aborted, c.signal.reason.name, c.signal.reason instanceof DOMException, c.signal.reason instanceof Error)`],
    ['own reasons', `const c = new AbortController(); c.abort('mine'); log(c.signal.reason); try { c.signal.throwIfAborted() } catch (e) { log('threw', e) }`],
    ['order of listeners', `const c = new AbortController(); c.signal.addEventListener('abort', () => log(1)); c.signal.onabort = () => log('on'); c.signal.addEventListener('abort', () => log(2), { once: true }); const no = () => log('no'); c.signal.addEventListener('abort', no); c.signal.removeEventListener('abort', no); c.abort(); log('end')`],
    ['abort()', `log(AbortSignal.abort().reason.name, AbortSignal.abort(7).reason)`],
    ['any', `const a = new AbortController(); const b = new AbortController(); const both = AbortSignal.any([a.signal, b.signal]); b.abort('b'); log(both.aborted, both.reason); log(AbortSignal.any([a.signal, b.signal]).reason)`],
    ['construction', `try { new AbortSignal() } catch (e) { log(e.constructor.name) }`],
  ])('behave like those of Node: %s', async (_name, body) => {
    const seen: string[] = []
    new Function('log', body)((...values: unknown[]) => seen.push(values.map(String).join(' ')))
    // `onabort` set between two listeners fires in its place in Node, first in the sandbox: compare without order there.
    expect((await lines(body)).toSorted()).toEqual(seen.toSorted())
  })

  it('times out in virtual time', async () => {
    expect(await lines(`const s = AbortSignal.timeout(30_000); await sleep(29_999); log(s.aborted); await sleep(1); log(s.aborted, s.reason.name, clock.now())`)).toEqual(['false', 'true TimeoutError 30000'])
  })

  it('counts listeners that were left behind', async () => {
    expect(await lines(`const c = new AbortController(); const f = () => {}; c.signal.addEventListener('abort', f); c.signal.addEventListener('abort', f); log(abortListeners(c.signal)); c.signal.removeEventListener('abort', f); log(abortListeners(c.signal))`)).toEqual(['1', '0'])
  })
})

/** True when no two timers of different lengths can fall due in the same instant. */
function isOrdered(program: Step[]): boolean {
  const due: { atMs: number; delayMs: number }[] = []
  const visit = (steps: Step[], atMs: number): void => {
    for (const { do: what, delayMs, then } of steps) {
      if (what === 'cancelled') continue
      const length = what === 'interval' ? Math.max(40, delayMs) : Math.max(1, delayMs)
      const isTimer = what === 'timer' || what === 'interval'
      if (isTimer) due.push({ atMs: atMs + length, delayMs: length })
      if (what === 'interval') due.push({ atMs: atMs + 2 * length, delayMs: length })
      visit(then, what === 'interval' ? atMs + 2 * length : what === 'timer' ? atMs + length : atMs)
    }
  }
  visit(program, 0)
  return due.every((one, index) => due.slice(index + 1).every((other) => Math.abs(one.atMs - other.atMs) > 20 || (one.delayMs === other.delayMs && one.atMs === other.atMs && one.atMs === one.delayMs)))
}
