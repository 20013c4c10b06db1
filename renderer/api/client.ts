import { apiErrorSchema, calls, pushes } from '../../main/api/index.ts'
import type { ApiClient, ApiResult, CallInput, CallName, CallOutput, ConnectionState, PushName, PushPayload } from '../../main/api/index.ts'

/** What a carrier must do; everything typed is built on top of it. */
export interface Carrier {
  /** Sends a call and resolves with the core's untrusted answer; rejects only when the core is away. */
  send(name: string, input: unknown): Promise<unknown>
  onPush(listener: (name: string, payload: unknown) => void): void
  onState(listener: (state: ConnectionState) => void): void
}

const disconnected = {
  ok: false,
  error: { code: 'disconnected', message: 'Firedrill’s core is not answering. Your work is kept here and sent again when it is back.' },
} as const

/** Parses every answer and push with the contract's schemas, so that the screens see only what the contract promises. */
export function createClient(carrier: Carrier): ApiClient {
  const pushListeners = new Map<PushName, Set<(payload: never) => void>>()
  const stateListeners = new Set<(state: ConnectionState) => void>()
  let state: ConnectionState = 'open'

  carrier.onState((next) => {
    state = next
    for (const listener of stateListeners) listener(next)
  })
  carrier.onPush((name, payload) => {
    if (!isPushName(name)) return
    const parsed = pushes[name].safeParse(payload)
    if (!parsed.success) {
      console.error(`The core sent a malformed push ${name}`, parsed.error)
      return
    }
    for (const listener of pushListeners.get(name) ?? []) listener(parsed.data as never)
  })

  return {
    get state() {
      return state
    },
    async call<N extends CallName>(name: N, input: CallInput<N>): Promise<ApiResult<CallOutput<N>>> {
      let answer: unknown
      try {
        answer = await carrier.send(name, input)
      } catch {
        return disconnected
      }
      return parseAnswer(name, answer)
    },
    on<N extends PushName>(name: N, listener: (payload: PushPayload<N>) => void) {
      const listeners = pushListeners.get(name) ?? new Set()
      pushListeners.set(name, listeners)
      listeners.add(listener as (payload: never) => void)
      return () => listeners.delete(listener as (payload: never) => void)
    },
    onState(listener) {
      stateListeners.add(listener)
      return () => stateListeners.delete(listener)
    },
  }
}

function isPushName(name: string): name is PushName {
  return Object.hasOwn(pushes, name)
}

function parseAnswer<N extends CallName>(name: N, answer: unknown): ApiResult<CallOutput<N>> {
  if (typeof answer === 'object' && answer !== null && 'ok' in answer) {
    if (answer.ok === true && 'value' in answer) {
      const parsed = calls[name].output.safeParse(answer.value)
      if (parsed.success) return { ok: true, value: parsed.data as CallOutput<N> }
      return malformed(name, parsed.error.message)
    }
    if (answer.ok === false && 'error' in answer) {
      const parsed = apiErrorSchema.safeParse(answer.error)
      if (parsed.success) return { ok: false, error: parsed.data }
    }
  }
  return malformed(name, 'not an answer')
}

function malformed(name: string, details: string): ApiResult<never> {
  return {
    ok: false,
    error: { code: 'internal', message: `The core answered ${name} in a form this window does not know. Restart Firedrill.`, details },
  }
}
