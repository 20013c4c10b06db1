/** The window's side of the world: asks, and hears of every tick. */
import type { ShiftOptions, ShiftRecord } from '../../../../exercises/simulator/incident/shift/index.ts'
import type { OpenedShift, RoomReply, RoomRequest, Speed, Tick } from './protocol.ts'
import type { RoomCallName, RoomInput, RoomOutput } from './room-calls.ts'

/** A worker, or what stands for one in a test. */
export interface RoomPort {
  post(request: RoomRequest): void
  listen(received: (reply: RoomReply) => void, crashed: (why: string) => void): void
  end(): void
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

export class RoomClient {
  private readonly port: RoomPort
  private readonly waiting = new Map<number, Waiting>()
  private readonly tickListeners = new Set<(tick: Tick) => void>()
  private readonly progressListeners = new Set<(done: number) => void>()
  private lastId = 0
  private failure: Error | null = null
  /** The newest tick; null before the shift is open. */
  latest: Tick | null = null

  constructor(port: RoomPort) {
    this.port = port
    port.listen(
      (reply) => this.receive(reply),
      (why) => this.fail(new Error(why)),
    )
  }

  /** Opens a new shift, or one that was kept. Rejects with what is wrong with the files. */
  open(folder: string, files: Readonly<Record<string, string>>, start: ShiftOptions | ShiftRecord): Promise<OpenedShift> {
    return this.ask((id) => ({ type: 'open', id, folder, files, start })) as Promise<OpenedShift>
  }

  /** Asks the world. Rejects only when the worker is gone or has a fault; what a query says is in its answer. */
  call<Name extends RoomCallName>(name: Name, input: RoomInput<Name>): Promise<RoomOutput<Name>> {
    return this.ask((id) => ({ type: 'call', id, name, input })) as Promise<RoomOutput<Name>>
  }

  setSpeed(speed: Speed): void {
    this.port.post({ type: 'speed', speed })
  }

  onTick(listener: (tick: Tick) => void): () => void {
    this.tickListeners.add(listener)
    return () => void this.tickListeners.delete(listener)
  }

  /** How far the opening is, 0..1. */
  onProgress(listener: (done: number) => void): () => void {
    this.progressListeners.add(listener)
    return () => void this.progressListeners.delete(listener)
  }

  /** Ends the world at once. What waits is rejected. */
  close(): void {
    this.port.end()
    this.fail(new Error('The room is closed.'))
  }

  private ask(request: (id: number) => RoomRequest): Promise<unknown> {
    if (this.failure !== null) return Promise.reject(this.failure)
    const id = (this.lastId += 1)
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.port.post(request(id))
    })
  }

  private receive(reply: RoomReply): void {
    if (reply.type === 'tick') {
      this.latest = reply.tick
      for (const listener of this.tickListeners) listener(reply.tick)
    } else if (reply.type === 'progress') for (const listener of this.progressListeners) listener(reply.done)
    else {
      const waiting = this.waiting.get(reply.id)
      this.waiting.delete(reply.id)
      if (reply.ok) waiting?.resolve(reply.value)
      else waiting?.reject(new Error(reply.message))
    }
  }

  private fail(error: Error): void {
    this.failure ??= error
    for (const { reject } of this.waiting.values()) reject(this.failure)
    this.waiting.clear()
  }
}

/** A client whose world runs in a worker of this window. */
export function startRoom(): RoomClient {
  const worker = new Worker(new URL('./room.worker.ts', import.meta.url), { type: 'module', name: 'incident' })
  return new RoomClient({
    post: (request) => worker.postMessage(request),
    listen: (received, crashed) => {
      worker.addEventListener('message', (event: MessageEvent<RoomReply>) => received(event.data))
      worker.addEventListener('error', (event) => crashed(event.message === '' ? 'The world could not start.' : event.message))
    },
    end: () => worker.terminate(),
  })
}
