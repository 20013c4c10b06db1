import { serverFrameSchema } from '../../main/api/index.ts'
import type { Carrier } from './client.ts'

const retryFirstMs = 250
const retryMaxMs = 4_000

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

/**
 * Carries calls over a WebSocket to the browser host and reconnects with growing pauses. A call that was under way when
 * the line broke is rejected: the caller decides whether repeating it is safe (learning events are idempotent).
 */
export function socketCarrier(url: string): Carrier {
  let socket: WebSocket
  let nextId = 0
  let retryMs = retryFirstMs
  const waiting = new Map<number, Waiting>()
  const unsent: { id: number; frame: string }[] = []
  const pushListeners: ((name: string, payload: unknown) => void)[] = []
  const stateListeners: ((state: 'open' | 'closed') => void)[] = []
  let announcedClosed = false

  const open = (): void => {
    socket = new WebSocket(url)
    socket.onopen = () => {
      retryMs = retryFirstMs
      announcedClosed = false
      for (const listener of stateListeners) listener('open')
      for (const { frame } of unsent.splice(0)) socket.send(frame)
    }
    socket.onmessage = (event) => receive(event.data)
    socket.onclose = () => {
      unsent.length = 0
      for (const [id, call] of waiting) {
        waiting.delete(id)
        call.reject(new Error('The connection to the core closed.'))
      }
      if (!announcedClosed) {
        announcedClosed = true
        for (const listener of stateListeners) listener('closed')
      }
      setTimeout(open, retryMs)
      retryMs = Math.min(retryMs * 2, retryMaxMs)
    }
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
        if (announcedClosed) {
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
