import type { RandomStream } from '../../../engine/index.ts'
import { none } from '../../calls.ts'
import type { Replica } from './replica.ts'

export type BalanceMethod = 'round-robin' | 'least-outstanding' | 'random-two'

/** Chooses the replica for a request among those that are in rotation. */
export class Balancer {
  method: BalanceMethod
  private turn = 0
  private readonly stream: RandomStream
  private readonly replicas: readonly Replica[]

  constructor(method: BalanceMethod, replicas: readonly Replica[], stream: RandomStream) {
    this.method = method
    this.replicas = replicas
    this.stream = stream
  }

  /** Index of a replica, or none when none is in rotation. */
  pick(): number {
    if (this.method === 'round-robin') return this.next()
    if (this.method === 'least-outstanding') return this.least()
    const first = this.next(this.stream.integer(this.replicas.length))
    const second = this.next(this.stream.integer(this.replicas.length))
    return first !== none && this.loadOf(second) < this.loadOf(first) ? second : first
  }

  save(): { turn: number; method: BalanceMethod } {
    return { turn: this.turn, method: this.method }
  }

  restore(state: { turn: number; method: BalanceMethod }): void {
    this.turn = state.turn
    this.method = state.method
  }

  private next(from = this.turn): number {
    const { replicas } = this
    const { length } = replicas
    let index = from
    for (let tried = 0; tried < length; tried += 1) {
      if (index >= length) index -= length
      if (isOpen(replicas[index])) {
        this.turn = index + 1 >= length ? 0 : index + 1
        return index
      }
      index += 1
    }
    return none
  }

  private least(): number {
    let best = none
    let least = Number.POSITIVE_INFINITY
    const { length } = this.replicas
    for (let offset = 0; offset < length; offset += 1) {
      const index = (this.turn + offset) % length
      const replica = this.replicas[index]
      if (replica !== undefined && isOpen(replica) && replica.inFlight < least) {
        least = replica.inFlight
        best = index
      }
    }
    if (best !== none) this.turn = (best + 1) % length
    return best
  }

  private loadOf(index: number): number {
    return this.replicas[index]?.inFlight ?? Number.POSITIVE_INFINITY
  }
}

function isOpen(replica: Replica | undefined): boolean {
  return replica?.ready === 1 && replica.cordoned === 0
}
