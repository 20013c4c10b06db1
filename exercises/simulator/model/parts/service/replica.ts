import { CallList } from '../../call-list.ts'
import type { CallListState } from '../../call-list.ts'
import { none } from '../../calls.ts'
import type { Calls } from '../../calls.ts'

/** Life of a pod. `draining` serves what it has and gets no more. */
export const podPhase = { starting: 0, running: 1, draining: 2, dead: 3 } as const

/** Saved replica. */
export interface ReplicaState {
  readonly pod: string
  readonly numbers: Readonly<Record<string, number>>
  readonly queue: CallListState
  readonly runnable: CallListState
}

/** One pod of a service: what it is doing now. Plain numbers, apart from its queues. */
export class Replica {
  pod = ''
  phase: number = podPhase.starting
  /** In rotation, as the balancer knows it. */
  ready = 0
  /** 1: gets no requests, though it is ready. */
  cordoned = 0
  /** Number of the release that it runs. */
  release = 0
  zone = 0
  /** Limits of its container. */
  cores = 0
  memoryBytes = 0
  /** 1: it drains for good, and no pod takes its place. */
  leaving = 0
  /** Counts processes: events of an earlier one are void. */
  epoch = 0
  startedUs = 0
  restarts = 0
  /** Restarts that the platform's back-off counts. */
  backoff = 0
  /** 1: there is no pod in this place. */
  gone = 0
  threadsBusy = 0
  coresBusy = 0
  inFlight = 0
  /** First of the calls that are on this replica. */
  live = none
  /** Total of all pauses since the process began, and until when the present one lasts. */
  pausedUs = 0
  frozenUntilUs = 0
  cpuUs = 0
  leakedBytes = 0
  garbageBytes = 0
  /** Slower by this factor, as on a noisy node. */
  slowness = 1
  probeFailures = 0
  /** 1: its node is gone; nobody is there to refuse a connection. */
  unreachable = 0
  /** Requests that wait for a thread, and frames that wait for a core. */
  readonly queue: CallList
  readonly runnable: CallList
  private readonly calls: Calls

  constructor(calls: Calls) {
    this.calls = calls
    this.queue = new CallList(calls)
    this.runnable = new CallList(calls)
  }

  /** Adds a call to those on this replica. */
  join(call: number): void {
    const { calls } = this
    calls.liveNext[call] = this.live
    calls.livePrevious[call] = none
    if (this.live !== none) calls.livePrevious[this.live] = call
    this.live = call
  }

  leave(call: number): void {
    const { calls } = this
    const next = calls.liveNext[call] as number
    const previous = calls.livePrevious[call] as number
    if (previous === none) this.live = next
    else calls.liveNext[previous] = next
    if (next !== none) calls.livePrevious[next] = previous
  }

  save(): ReplicaState {
    const numbers = Object.fromEntries(Object.entries(this).filter((entry): entry is [string, number] => typeof entry[1] === 'number'))
    return { pod: this.pod, numbers, queue: this.queue.save(), runnable: this.runnable.save() }
  }

  load(state: ReplicaState): void {
    Object.assign(this, state.numbers)
    this.pod = state.pod
    this.queue.load(state.queue)
    this.runnable.load(state.runnable)
  }
}
