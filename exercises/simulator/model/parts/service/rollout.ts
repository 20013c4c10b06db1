import { podPhase } from './replica.ts'
import type { Service } from './service.ts'

/** Saved rollout. */
export interface RolloutState {
  /** Release of new pods. */
  readonly release: number
  /** Places whose pods are still to be replaced. */
  readonly left: readonly number[]
  /** Place whose new pod is not ready yet; -1 when there is none. */
  readonly waiting: number
}

/** Replaces pods one after the other, as a deployment does: the next only when the one before is ready. */
export class Rollout {
  private readonly service: Service
  private state: RolloutState | null = null

  constructor(service: Service) {
    this.service = service
  }

  /** Whether pods are being replaced. */
  get running(): boolean {
    return this.state !== null
  }

  /** Begins to replace all pods by pods of a release; one that is running is overtaken. */
  begin(release: number): void {
    const places = this.service.replicas.flatMap((replica, index) => (replica.gone === 1 || replica.leaving === 1 ? [] : [index]))
    this.state = { release, left: places, waiting: -1 }
    this.next()
  }

  /** A pod that was to end has no requests left, or no time. */
  drained(index: number): void {
    const { state, service } = this
    const { lifecycle } = service
    lifecycle.remove(index)
    if (state === null || state.waiting !== index) return
    lifecycle.create(index, state.release)
  }

  /** A pod has become ready. */
  becameReady(index: number): void {
    if (this.state?.waiting === index) this.next()
  }

  /** Changes the number of pods; new ones start, the last ones drain. */
  scale(replicas: number): void {
    const { service } = this
    const alive = service.replicas.flatMap((replica, index) => (replica.gone === 1 || replica.phase === podPhase.draining ? [] : [index]))
    for (const index of alive.slice(replicas)) this.leave(index)
    for (let missing = replicas - alive.length; missing > 0; missing -= 1) this.add()
  }

  /** Deletes one pod: it serves what it has and goes, and another starts at once. One that serves nobody is replaced where it is. */
  replace(index: number): void {
    const { lifecycle, replicas } = this.service
    const replica = replicas[index]
    if (replica === undefined) return
    if (replica.phase === podPhase.running) {
      this.leave(index)
      this.add()
      return
    }
    lifecycle.remove(index)
    lifecycle.create(index, lifecycle.current)
    replica.backoff = 0
  }

  private leave(index: number): void {
    const replica = this.service.replicas[index]
    if (replica !== undefined) replica.leaving = 1
    this.service.lifecycle.drain(index)
  }

  /** A new pod, in a place that is free or in a new one. */
  private add(): void {
    const { service } = this
    const free = service.replicas.findIndex(({ gone }) => gone === 1)
    const index = free >= 0 ? free : service.replicas.length
    if (free < 0) service.addReplica()
    service.lifecycle.create(index, this.state?.release ?? service.lifecycle.current)
  }

  save(): RolloutState | null {
    return this.state === null ? null : { ...this.state, left: this.state.left.slice() }
  }

  load(state: RolloutState | null): void {
    this.state = state === null ? null : { ...state, left: state.left.slice() }
  }

  private next(): void {
    const [index, ...left] = this.state?.left ?? []
    if (this.state === null || index === undefined) {
      this.state = null
      return
    }
    this.state = { release: this.state.release, left, waiting: index }
    const { lifecycle, replicas } = this.service
    if (replicas[index]?.phase === podPhase.running) lifecycle.drain(index)
    else {
      lifecycle.remove(index)
      lifecycle.create(index, this.state.release)
    }
  }
}
