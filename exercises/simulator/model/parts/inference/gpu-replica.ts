import { CallList } from '../../call-list.ts'
import type { CallListState } from '../../call-list.ts'
import type { Calls } from '../../calls.ts'
import { LiveCalls } from '../../live-calls.ts'

/** Saved replica. */
export interface GpuReplicaState {
  readonly numbers: Readonly<Record<string, number>>
  readonly lists: readonly CallListState[]
  readonly live: readonly number[]
}

/** One process of a model server, with its CPU workers and its GPU. */
export class GpuReplica {
  /** 1 once its weights are loaded. */
  up = 0
  /** 1: there is no replica in this place any more. */
  gone = 0
  /** Counts processes: events of an earlier one are void. */
  epoch = 0
  preparing = 0
  /** 1 while a batch or a step is on the GPU. */
  gpuBusy = 0
  /** Tokens in the cache of the GPU. */
  cacheTokens = 0
  /** Bytes of the batch on the GPU. */
  batchBytes = 0
  /** Identifies the wait for a fuller batch. */
  waitNumber = 0
  /** Time that CPU workers worked, that anything was on the GPU, and that it was really computing. */
  cpuUs = 0
  gpuUs = 0
  activeUs = 0
  /** The same at the last scrape, and when that was. */
  readCpuUs = 0
  readGpuUs = 0
  readActiveUs = 0
  readAtUs = 0
  /** Requests that wait for a CPU worker, that wait for the GPU, and that are on it. */
  readonly inputs: CallList
  readonly queue: CallList
  readonly running: CallList
  readonly live: LiveCalls

  constructor(calls: Calls) {
    this.inputs = new CallList(calls)
    this.queue = new CallList(calls)
    this.running = new CallList(calls)
    this.live = new LiveCalls(calls)
  }

  /** Requests that it has. */
  get requests(): number {
    return this.live.length
  }

  save(): GpuReplicaState {
    const numbers = Object.fromEntries(Object.entries(this).filter((entry): entry is [string, number] => typeof entry[1] === 'number'))
    return { numbers, lists: [this.inputs, this.queue, this.running].map((list) => list.save()), live: this.live.save() }
  }

  load(state: GpuReplicaState): void {
    Object.assign(this, state.numbers)
    for (const [index, list] of [this.inputs, this.queue, this.running].entries()) {
      const saved = state.lists[index]
      if (saved !== undefined) list.load(saved)
    }
    this.live.load(state.live)
  }
}
