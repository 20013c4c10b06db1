/** The world of a shift, in a thread of its own: the window stays quick whatever the world does. */
import type { RoomRequest } from './protocol.ts'
import { RoomServer } from './room-server.ts'

declare const self: DedicatedWorkerGlobalScope

const server = new RoomServer({
  post: (reply) => self.postMessage(reply),
  now: () => performance.now(),
  every: (intervalMs, work) => {
    const timer = setInterval(work, intervalMs)
    return () => clearInterval(timer)
  },
})

self.addEventListener('message', (event: MessageEvent<RoomRequest>) => server.handle(event.data))
