import type { GuestKit } from './kit.ts'

/** The part of the platform that a program for servers expects: console, abort signals, structuredClone, random ids. */
export function installGlobals(kit: GuestKit): void {
  const { global, clock, show } = kit
  /** Kept out of reach of programs that replace them. */
  const { apply } = Reflect
  const { then } = Promise.prototype
  const resolved = Promise.resolve()

  class DOMException extends Error {
    readonly code: number
    constructor(message: unknown = '', name: unknown = 'Error') {
      super(String(message))
      Object.defineProperty(this, 'name', { value: String(name), configurable: true, writable: true })
      this.code = { AbortError: 20, TimeoutError: 23, DataCloneError: 25 }[this.name] ?? 0
    }
  }
  const Failure = DOMException
  global.DOMException = DOMException
  global.queueMicrotask = (run: unknown) => {
    if (typeof run !== 'function') throw new TypeError('The callback of queueMicrotask must be a function.')
    const job = (): void => {
      try {
        apply(run, undefined, [])
      } catch (error) {
        kit.fail(error)
      }
    }
    apply(then, resolved, [job])
  }

  const log = (level: string) => (...values: unknown[]) => {
    const text = values.map((value) => (typeof value === 'string' ? value : show(value))).join(' ')
    kit.emit({ kind: 'console', atMs: clock.nowMs(), level, text })
  }
  global.console = { log: log('log'), info: log('info'), debug: log('debug'), warn: log('warn'), error: log('error'), trace: log('debug') }

  type Listener = ((event: object) => void) | { handleEvent(event: object): void }
  interface Registration {
    listener: Listener
    once: boolean
  }
  const secret = Symbol('made by the platform')
  class AbortSignal {
    aborted = false
    reason: unknown = undefined
    onabort: ((event: object) => void) | null = null
    #listeners: Registration[] = []
    constructor(key?: unknown) {
      if (key !== secret) throw new TypeError('Illegal constructor: use new AbortController().signal.')
    }
    throwIfAborted(): void {
      if (this.aborted) throw this.reason
    }
    addEventListener(type: string, listener: Listener | null, options?: boolean | { once?: boolean; signal?: AbortSignal }): void {
      if (type !== 'abort' || listener === null) return
      const { once = false, signal } = typeof options === 'object' ? options : {}
      if (signal?.aborted === true || this.#listeners.some((other) => other.listener === listener)) return
      this.#listeners.push({ listener, once })
      signal?.addEventListener('abort', () => this.removeEventListener('abort', listener), { once: true })
    }
    removeEventListener(type: string, listener: Listener | null): void {
      if (type === 'abort') this.#listeners = this.#listeners.filter((other) => other.listener !== listener)
    }
    dispatchEvent(event: { type: string }): boolean {
      if (event.type !== 'abort') return true
      const calls: (() => void)[] = []
      if (typeof this.onabort === 'function') calls.push(this.onabort.bind(this, event))
      for (const { listener } of this.#listeners) calls.push(() => (typeof listener === 'function' ? listener.call(this, event) : listener.handleEvent(event)))
      this.#listeners = this.#listeners.filter(({ once }) => !once)
      for (const call of calls) {
        try {
          call()
        } catch (error) {
          kit.fail(error)
        }
      }
      return true
    }
    /** For the test's eyes: listeners that nobody removed. */
    static listeners(signal: AbortSignal): number {
      return signal.#listeners.length
    }
    static make(): AbortSignal {
      return new AbortSignal(secret)
    }
    static trigger(signal: AbortSignal, reason: unknown): void {
      if (signal.aborted) return
      signal.aborted = true
      signal.reason = reason === undefined ? new Failure('This operation was aborted', 'AbortError') : reason
      signal.dispatchEvent({ type: 'abort', target: signal } as { type: string })
    }
    static abort(reason?: unknown): AbortSignal {
      const signal = make()
      trigger(signal, reason)
      return signal
    }
    static timeout(delayMs: number): AbortSignal {
      const signal = make()
      clock.arm(() => trigger(signal, new Failure('The operation was aborted due to timeout', 'TimeoutError')), Math.max(1, Math.trunc(Number(delayMs)) || 1), false)
      return signal
    }
    static any(signals: Iterable<AbortSignal>): AbortSignal {
      const both = make()
      const all = [...signals]
      const aborted = all.find((signal) => signal.aborted)
      if (aborted !== undefined) trigger(both, aborted.reason)
      else for (const signal of all) signal.addEventListener('abort', () => trigger(both, signal.reason), { once: true })
      return both
    }
  }
  const { make, trigger, listeners } = AbortSignal
  for (const name of ['make', 'trigger', 'listeners']) Reflect.deleteProperty(AbortSignal, name)
  class AbortController {
    readonly signal = make()
    abort(reason?: unknown): void {
      trigger(this.signal, reason)
    }
  }
  Object.assign(global, { AbortSignal, AbortController })
  kit.api.abortListeners = listeners

  const clone = (value: unknown, seen: Map<object, unknown>): unknown => {
    if (typeof value === 'function' || typeof value === 'symbol') throw new Failure(`${show(value)} could not be cloned.`, 'DataCloneError')
    if (typeof value !== 'object' || value === null) return value
    const known = seen.get(value)
    if (known !== undefined) return known
    if (value instanceof (global.Date as DateConstructor)) return Reflect.construct(global.Date as DateConstructor, [value.getTime()])
    const copy: object = Array.isArray(value) ? [] : value instanceof Map ? new Map() : value instanceof Set ? new Set() : value instanceof Error ? new Error(value.message) : {}
    seen.set(value, copy)
    if (value instanceof Map && copy instanceof Map) for (const [key, item] of value) copy.set(clone(key, seen), clone(item, seen))
    else if (value instanceof Set && copy instanceof Set) for (const item of value) copy.add(clone(item, seen))
    else for (const key of Object.keys(value)) Reflect.set(copy, key, clone(Reflect.get(value, key), seen))
    return copy
  }
  global.structuredClone = (value: unknown) => clone(value, new Map())

  const hex = (digits: number): string => Array.from({ length: digits }, () => Math.trunc(kit.random() * 16).toString(16)).join('')
  global.crypto = Object.freeze({ randomUUID: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[Math.trunc(kit.random() * 4)]}${hex(3)}-${hex(12)}` })
}
