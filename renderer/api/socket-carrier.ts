import { otherLaunchHeader, serverFrameSchema } from '../../main/api/index.ts'
import type { ConnectionState } from '../../main/api/index.ts'
import type { Carrier } from './client.ts'

const retryFirstMs = 250
const retryMaxMs = 4_000

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

/** Who answers at the address of this window. */
export type Answering = 'this-launch' | 'other-launch' | 'nobody'

/** Asks for the page again. A restarted Firedrill has another secret and refuses this window, saying so in a header. */
export async function whoAnswers(): Promise<Answering> {
  try {
    const response = await fetch('/', { method: 'HEAD', cache: 'no-store' })
    if (response.ok) return 'this-launch'
    return response.headers.has(otherLaunchHeader) ? 'other-launch' : 'nobody'
  } catch {
    return 'nobody'
  }
}

/**
 * Carries calls over a WebSocket to the browser host and reconnects with growing pauses. When Firedrill was started
 * again, it stops trying until the window is looked at: a new window in the same browser brings the secret that this
 * one lacks. A call that was under way when
 * the line broke is rejected: the caller decides whether repeating it is safe (learning events are idempotent).
 */
export function socketCarrier(url: string, ask: () => Promise<Answering> = whoAnswers): Carrier {
  let socket: WebSocket
  let nextId = 0
  let retryMs = retryFirstMs
  const waiting = new Map<number, Waiting>()
  const unsent: { id: number; frame: string }[] = []
  const pushListeners: ((name: string, payload: unknown) => void)[] = []
  const stateListeners: ((state: ConnectionState) => void)[] = []
  let state: ConnectionState = 'open'

  const announce = (next: ConnectionState): void => {
    if (next === state) return
    state = next
    for (const listener of stateListeners) listener(next)
  }

  const open = (): void => {
    socket = new WebSocket(url)
    socket.onopen = () => {
      retryMs = retryFirstMs
      announce('open')
      for (const { frame } of unsent.splice(0)) socket.send(frame)
    }
    socket.onmessage = (event) => receive(event.data)
    socket.onclose = () => {
      unsent.length = 0
      for (const [id, call] of waiting) {
        waiting.delete(id)
        call.reject(new Error('The connection to the core closed.'))
      }
      if (state === 'open') announce('closed')
      void lookAgain()
    }
  }

  /** Finds out why the line broke, and what can be done about it. */
  const lookAgain = async (): Promise<void> => {
    if ((await ask()) === 'other-launch') {
      announce('replaced')
      window.addEventListener('focus', () => void lookAgain(), { once: true })
      return
    }
    if (state === 'replaced') {
      announce('closed')
      retryMs = retryFirstMs
    }
    setTimeout(open, retryMs)
    retryMs = Math.min(retryMs * 2, retryMaxMs)
  }

  const receive = (data: unknown): void => {
    const frame = serverFrameSchema.safeParse(parseJson(data))
    if (!frame.success) return
    if ('push' in frame.data) {
      for (const listener of pushListeners) listener(frame.data.push, frame.data.payload)
      return
    }
    waiting.get(frame.data.id)?.resolve(frame.data.result)
    waiting.delete(frame.data.id)
  }

  open()
  return {
    send(name, input) {
      return new Promise((resolve, reject) => {
        if (state !== 'open') {
          reject(new Error('The core is away.'))
          return
        }
        const id = nextId++
        const frame = JSON.stringify({ id, name, input })
        waiting.set(id, { resolve, reject })
        if (socket.readyState === WebSocket.OPEN) socket.send(frame)
        else unsent.push({ id, frame })
      })
    },
    onPush: (listener) => void pushListeners.push(listener),
    onState: (listener) => void stateListeners.push(listener),
  }
}

function parseJson(data: unknown): unknown {
  if (typeof data !== 'string') return null
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}
