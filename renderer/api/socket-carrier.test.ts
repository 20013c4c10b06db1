// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ConnectionState } from '../../main/api/index.ts'
import { socketCarrier } from './socket-carrier.ts'
import type { Answering } from './socket-carrier.ts'

/** Sockets that open or fail when told. */
class FakeSocket {
  static readonly OPEN = 1
  static made: FakeSocket[] = []
  readyState = 0
  readonly sent: string[] = []
  onopen = (): void => undefined
  onclose = (): void => undefined
  onmessage = (_event: { data: unknown }): void => undefined
  constructor() {
    FakeSocket.made.push(this)
  }
  send(frame: string): void {
    this.sent.push(frame)
  }
  connect(): void {
    this.readyState = FakeSocket.OPEN
    this.onopen()
  }
  break(): void {
    this.readyState = 3
    this.onclose()
  }
}
const last = (): FakeSocket => FakeSocket.made.at(-1)!

let answering: Answering
let states: ConnectionState[]
function carrier() {
  const made = socketCarrier('ws://127.0.0.1:1/api', () => Promise.resolve(answering))
  made.onState((state) => states.push(state))
  return made
}

beforeEach(() => {
  FakeSocket.made = []
  answering = 'nobody'
  states = []
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', FakeSocket)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a socket', () => {
  it('reconnects when the core is back, and rejects what was under way', async () => {
    const made = carrier()
    last().connect()
    const call = made.send('app.info', {})
    last().break()
    await expect(call).rejects.toThrow('closed')
    await expect(made.send('app.info', {})).rejects.toThrow('away')
    await vi.advanceTimersByTimeAsync(300)
    expect(FakeSocket.made).toHaveLength(2)
    answering = 'this-launch'
    last().connect()
    expect(states).toEqual(['closed', 'open'])
  })

  it('does not knock for ever at a Firedrill that was started again, and joins it when it may', async () => {
    carrier()
    last().connect()
    answering = 'other-launch'
    last().break()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([states, FakeSocket.made.length]).toEqual([['closed', 'replaced'], 1])

    window.dispatchEvent(new Event('focus'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(FakeSocket.made).toHaveLength(1)

    // The new window of the same browser brought this launch's cookie.
    answering = 'this-launch'
    window.dispatchEvent(new Event('focus'))
    await vi.advanceTimersByTimeAsync(300)
    last().connect()
    expect(states).toEqual(['closed', 'replaced', 'closed', 'open'])
  })
})
