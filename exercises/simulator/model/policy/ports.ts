/** Ports that Linux gives to outgoing connections (net.ipv4.ip_local_port_range: 32768 to 60999), and how long each rests after use. */
export const ephemeralPorts = 28_232
const timeWaitUs = 60_000_000
const sliceUs = 250_000
const slices = timeWaitUs / sliceUs + 1

/** Saved ports. */
export interface PortsState {
  readonly open: number
  readonly slice: number
  readonly resting: Int32Array
}

/** Ports for connections to one target of a caller that opens one for each call: closed ones rest in TIME_WAIT for a minute. */
export class EphemeralPorts {
  /** Connections that are open. */
  open = 0
  /** Ports in TIME_WAIT. */
  timeWait = 0
  private slice = 0
  /** Ports that began their rest in each quarter of a second of the last minute. */
  private resting = new Int32Array(slices)

  /** Takes a port; false when none is free. */
  take(nowUs: number): boolean {
    this.wake(nowUs)
    if (this.open + this.timeWait >= ephemeralPorts) return false
    this.open += 1
    return true
  }

  /** The connection is closed; its port rests. */
  close(nowUs: number): void {
    this.wake(nowUs)
    this.open -= 1
    this.timeWait += 1
    this.resting[this.slice % slices] = (this.resting[this.slice % slices] as number) + 1
  }

  /** The process is gone with its connections; the kernel keeps those that rest. */
  reset(): void {
    this.open = 0
  }

  /** Frees ports that have rested. */
  wake(nowUs: number): void {
    const slice = Math.floor(nowUs / sliceUs)
    for (let passed = Math.min(slices, slice - this.slice); passed > 0; passed -= 1) {
      const at = (slice - passed + 1) % slices
      this.timeWait -= this.resting[at] as number
      this.resting[at] = 0
    }
    this.slice = slice
  }

  save(): PortsState {
    return { open: this.open, slice: this.slice, resting: this.resting.slice() }
  }

  load(state: PortsState): void {
    this.open = state.open
    this.slice = state.slice
    this.resting = state.resting.slice()
    this.timeWait = this.resting.reduce((sum, count) => sum + count, 0)
  }
}
