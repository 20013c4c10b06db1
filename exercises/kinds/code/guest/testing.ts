import type { GuestKit } from './kit.ts'

/** What `firedrill/test` exports: tests, expectations, fakes that record their calls, and control of time. */
export function installTesting(kit: GuestKit): void {
  const { clock, show, api, emit } = kit
  /** Kept out of reach of programs that replace them. */
  const { is } = Object
  interface Test {
    id: string
    seeds: number
    run: (context: { seed: number; random: () => number }) => unknown
  }
  const tests: Test[] = []
  let over = false

  class AssertionError extends Error {
    readonly expected: string
    readonly actual: string
    constructor(message: string, expected: string, actual: string) {
      super(message)
      this.name = 'AssertionError'
      this.expected = expected
      this.actual = actual
    }
  }
  const place = (): string => String(new Error('here').stack)

  let failed = false
  kit.fail = (error) => {
    if (failed || over) return
    failed = true
    const isError = error instanceof Error
    const common = { stack: isError ? String(error.stack) : '', name: isError ? error.name : typeof error, message: isError ? error.message : `threw ${show(error)}` }
    const failure =
      error instanceof AssertionError
        ? ({ ...common, type: 'assertion', expected: error.expected, actual: error.actual } as const)
        : ({ ...common, type: 'error' } as const)
    emit({ kind: 'failure', atMs: clock.nowMs(), failure })
  }
  kit.failed = () => failed
  const end = (): void => {
    if (over) return
    over = true
    emit({ kind: 'end', atMs: clock.nowMs() })
  }

  api.test = (id: string, second: { seeds?: number } | Test['run'], third?: Test['run']) => {
    const run = typeof second === 'function' ? second : third
    if (run === undefined) throw new TypeError(`The test "${id}" has no function.`)
    tests.push({ id, seeds: typeof second === 'function' ? 1 : (second.seeds ?? 1), run })
  }
  kit.tests = () => tests.map(({ id, seeds }) => ({ id, seeds }))
  kit.run = (id, seed) => {
    const test = tests.find((other) => other.id === id)
    if (test === undefined) throw new Error(`There is no test "${id}".`)
    // `await` asks nobody: a program that replaces `then` cannot end its own test.
    const finish = async (): Promise<void> => {
      try {
        await test.run({ seed, random: kit.random })
      } catch (error) {
        kit.fail(error)
      }
      end()
    }
    void finish()
  }

  /** An expectation that fails also ends the test when the program swallows the error. */
  const refuse = (note: string, expected: string, actual: string): never => {
    const error = new AssertionError(`${note === '' ? '' : `${note}: `}expected ${expected}, got ${actual}`, expected, actual)
    kit.fail(error)
    throw error
  }
  api.expect = (actual: unknown, note = '') => {
    const demand = (holds: boolean, expected: string): void => {
      if (!holds) refuse(note, expected, show(actual))
    }
    const number = typeof actual === 'number' ? actual : Number.NaN
    return {
      toBe: (expected: unknown) => demand(is(actual, expected), show(expected)),
      toEqual: (expected: unknown) => {
        const found = kit.difference(actual, expected)
        if (found === null) return
        if (found.path === '') refuse(note, found.expected, found.actual)
        else refuse(`${note}${note === '' ? '' : ', '}at ${found.path.replace(/^\./, '')}`, found.expected, found.actual)
      },
      toBeTrue: () => demand(actual === true, 'true'),
      toBeFalse: () => demand(actual === false, 'false'),
      toBeAtLeast: (bound: number) => demand(number >= bound, `at least ${bound}`),
      toBeAtMost: (bound: number) => demand(number <= bound, `at most ${bound}`),
      toBeBetween: (low: number, high: number) => demand(number >= low && number <= high, `between ${low} and ${high}`),
      toBeCloseTo: (expected: number, within: number) => demand(Math.abs(number - expected) <= within, `${expected} (within ${within})`),
      toContain: (part: unknown) => {
        const holds = typeof actual === 'string' ? actual.includes(String(part)) : Array.isArray(actual) && actual.some((item) => kit.difference(item, part) === null)
        demand(holds, `something with ${show(part)}`)
      },
      toMatch: (pattern: RegExp) => demand(pattern.test(String(actual)), `text that matches ${pattern}`),
      toDifferFrom: (other: unknown) => demand(kit.difference(actual, other) !== null, `something other than ${show(other)}`),
    }
  }
  api.failTest = (message: string, expected: string, actual: string) => refuse(message, expected, actual)

  interface Watched {
    state: 'pending' | 'fulfilled' | 'rejected'
    value: unknown
    error: unknown
    atMs: number | null
  }
  api.watch = (promise: unknown): Watched => {
    const watched: Watched = { state: 'pending', value: undefined, error: undefined, atMs: null }
    const settle = (state: Watched['state'], rest: Partial<Watched>): void => {
      Object.assign(watched, rest, { state, atMs: clock.nowMs() })
    }
    Promise.resolve(promise).then(
      (value) => settle('fulfilled', { value }),
      (error: unknown) => settle('rejected', { error }),
    )
    return watched
  }
  api.outcome = (promise: unknown) => {
    const startMs = clock.nowMs()
    const settled = (rest: object): object => ({ ...rest, tookMs: clock.nowMs() - startMs })
    return Promise.resolve(promise).then(
      (value) => settled({ state: 'fulfilled', value, error: undefined }),
      (error: unknown) => settled({ state: 'rejected', value: undefined, error }),
    )
  }

  interface Call {
    args: unknown[]
    startMs: number
    endMs: number | null
  }
  api.fake = (name: string, answer: (...args: unknown[]) => unknown) => {
    const calls: Call[] = []
    const spy = (...args: unknown[]): unknown => {
      const call: Call = { args, startMs: clock.nowMs(), endMs: null }
      calls.push(call)
      const index = calls.length
      fake.running += 1
      fake.mostRunning = Math.max(fake.mostRunning, fake.running)
      emit({ kind: 'call', atMs: call.startMs, name, call: index, text: args.map((arg) => show(arg, 1)).join(', '), stack: index <= 200 ? place() : '' })
      const settle = (outcome: 'value' | 'error', value: unknown): void => {
        call.endMs = clock.nowMs()
        fake.running -= 1
        emit({ kind: 'return', atMs: call.endMs, name, call: index, outcome, text: show(value, 1) })
      }
      let result: unknown
      try {
        result = answer(...args)
      } catch (error) {
        settle('error', error)
        throw error
      }
      if (!(result instanceof Promise)) {
        settle('value', result)
        return result
      }
      result.then(
        (value) => settle('value', value),
        (error: unknown) => settle('error', error),
      )
      return result
    }
    const fake = Object.assign(spy, { calls, running: 0, mostRunning: 0 })
    return fake
  }

  const sleep = (delayMs: number): Promise<void> => new Promise((resolve) => clock.arm(resolve, Math.max(0, delayMs), false))
  api.sleep = sleep
  api.deferred = () => Promise.withResolvers()
  api.note = (text: string) => emit({ kind: 'note', atMs: clock.nowMs(), text })
  api.clock = Object.freeze({
    now: () => clock.nowMs(),
    advance: (byMs: number) => new Promise<void>((resolve) => clock.arm(resolve, Math.max(0, byMs), true)),
    settle: () => clock.settled(),
    jump: (byMs: number) => {
      emit({ kind: 'note', atMs: clock.nowMs(), text: `the wall clock jumps by ${byMs} ms` })
      clock.jump(byMs)
    },
    pending: () => clock.pending(),
  })
}
