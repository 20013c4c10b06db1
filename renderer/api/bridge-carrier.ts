import type { Carrier } from './client.ts'

/** What Electron's sandboxed preload puts on the window: two functions, nothing of Electron itself. */
export interface Bridge {
  call(name: string, input: unknown): Promise<unknown>
  onPush(listener: (name: string, payload: unknown) => void): void
}

declare global {
  interface Window {
    readonly firedrill?: Bridge
  }
}

/** Carries calls over Electron's IPC. The core lives in the same application, so there is no closed state. */
export function bridgeCarrier(bridge: Bridge): Carrier {
  return {
    send: (name, input) => bridge.call(name, input),
    onPush: (listener) => bridge.onPush(listener),
    onState: () => undefined,
  }
}
