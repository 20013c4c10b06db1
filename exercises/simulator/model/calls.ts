const firstCapacity = 256

/** No slot, no part. */
export const none = -1

/** Bits of `role`. */
export const role = {
  /** A branch of `parallel`: joins its parent when it ends. */
  branch: 1,
  /** Detached work: nobody waits for it. */
  detached: 2,
  /** A probe of the platform, not of a user. */
  probe: 4,
  /** The caller has a thread of the callee's replica. */
  threaded: 8,
  /** Counted as in flight by the callee. */
  counted: 16,
  /** Its replica was chosen before it was sent, as kube-proxy does. */
  placed: 32,
  /** A message that the callee's code cannot handle, unless its version is one that can. */
  poison: 64,
} as const

/** Where a call is, or what it waits for. `part`: for whatever the part that has it knows. */
export const stage = { transit: 0, running: 1, queued: 2, work: 3, pool: 4, reply: 5, backoff: 6, branches: 7, sleep: 8, part: 9, done: 10 } as const

type Column = Int32Array | Uint32Array | Float64Array

/** Saved calls: the used part of each column, copied. */
export interface CallState {
  readonly columns: readonly Column[]
  readonly numbers: readonly number[]
}

/**
 * All calls in flight, as columns of numbers: a request allocates nothing, and a snapshot is a copy of the columns.
 *
 * A call is both the message between two parts and, once it has arrived, the frame in which the callee does its work.
 * Its slot is free again when its caller has the reply. Whoever keeps a slot over time also keeps `token`, which changes
 * whenever the call stops waiting: an event with an old token is about the past.
 */
export class Calls {
  /** Part that gets the reply, or none when the caller no longer waits. */
  caller = new Int32Array(firstCapacity)
  /** Frame of the caller, or a number of the caller's own. */
  parent = new Int32Array(firstCapacity)
  callee = new Int32Array(firstCapacity)
  /** Operation of the callee: an endpoint, a query, a topic. */
  operation = new Int32Array(firstCapacity)
  /** Replica of the callee on which it runs. */
  replica = new Int32Array(firstCapacity)
  role = new Int32Array(firstCapacity)
  stage = new Int32Array(firstCapacity)
  outcome = new Int32Array(firstCapacity)
  /** Part whose failure made this call fail, and how. */
  causePart = new Int32Array(firstCapacity)
  cause = new Int32Array(firstCapacity)
  /** Position in the callee's program. */
  pc = new Int32Array(firstCapacity)
  /** Call that this frame waits for, and the hedge beside it. */
  child = new Int32Array(firstCapacity)
  hedge = new Int32Array(firstCapacity)
  attempt = new Int32Array(firstCapacity)
  /** Times that the present step is still to be repeated. */
  repeat = new Int32Array(firstCapacity)
  /** Branches that still run. */
  pending = new Int32Array(firstCapacity)
  /** Result of the last step that had one: 0 is a miss or false. */
  result = new Int32Array(firstCapacity)
  /** Attributes of the user's request, four of 8 bits, handed down to every call. */
  attributes = new Int32Array(firstCapacity)
  /** Next branch of the same parent, whose `child` is the first while it waits for them. */
  sibling = new Int32Array(firstCapacity)
  /** Neighbours in the queue in which the call waits. */
  next = new Int32Array(firstCapacity)
  previous = new Int32Array(firstCapacity)
  /** Neighbours among all calls on the replica. */
  liveNext = new Int32Array(firstCapacity)
  livePrevious = new Int32Array(firstCapacity)
  /** First of what the frame holds: pool connections, locks. */
  holds = new Int32Array(firstCapacity)
  traceHi = new Uint32Array(firstCapacity)
  traceLo = new Uint32Array(firstCapacity)
  /** Number of the span of the callee's work and of the caller's attempt. */
  span = new Uint32Array(firstCapacity)
  clientSpan = new Uint32Array(firstCapacity)
  /** Number of the span in which the caller was. */
  parentSpan = new Uint32Array(firstCapacity)
  /** Identifies what the call waits for now; 0 when it waits for nothing. */
  token = new Float64Array(firstCapacity)
  /** When the caller sent it, when it arrived, and when the present wait began. */
  sentUs = new Float64Array(firstCapacity)
  arrivedUs = new Float64Array(firstCapacity)
  waitUs = new Float64Array(firstCapacity)
  /** Work left of the present step, in microseconds of one core. */
  work = new Float64Array(firstCapacity)
  /** The entity that the request is about, for caches, locks and partitions. */
  key = new Float64Array(firstCapacity)
  /** Until when the user at the root waits; Infinity when nobody said. */
  deadlineUs = new Float64Array(firstCapacity)
  /** Version of the record that it has seen last; -1 when it has seen none. */
  version = new Float64Array(firstCapacity)
  /** For the callee's own use. */
  value = new Float64Array(firstCapacity)

  /** Calls in flight. */
  count = 0
  private capacity = firstCapacity
  private used = 0
  private free = none
  private tokens = 0
  private spans = 0

  /** A slot with all fields at rest. The caller sets what it knows. */
  take(caller: number, parent: number, callee: number, operation: number): number {
    let slot = this.free
    if (slot !== none) this.free = this.next[slot] as number
    else {
      if (this.used === this.capacity) this.grow()
      slot = this.used
      this.used += 1
    }
    this.count += 1
    this.caller[slot] = caller
    this.parent[slot] = parent
    this.callee[slot] = callee
    this.operation[slot] = operation
    this.replica[slot] = 0
    this.role[slot] = 0
    this.stage[slot] = stage.transit
    this.outcome[slot] = 0
    this.causePart[slot] = none
    this.cause[slot] = 0
    this.pc[slot] = 0
    this.child[slot] = none
    this.hedge[slot] = none
    this.attempt[slot] = 0
    this.repeat[slot] = 0
    this.pending[slot] = 0
    this.result[slot] = 0
    this.sibling[slot] = none
    this.next[slot] = none
    this.previous[slot] = none
    this.holds[slot] = none
    this.token[slot] = 0
    this.attributes[slot] = 0
    this.traceHi[slot] = 0
    this.traceLo[slot] = 0
    this.span[slot] = 0
    this.clientSpan[slot] = 0
    this.parentSpan[slot] = 0
    this.key[slot] = 0
    this.value[slot] = 0
    this.version[slot] = -1
    this.deadlineUs[slot] = Number.POSITIVE_INFINITY
    return slot
  }

  /** Hands the slot back. */
  release(slot: number): void {
    this.stage[slot] = stage.done
    this.token[slot] = 0
    this.next[slot] = this.free
    this.free = slot
    this.count -= 1
  }

  /** Begins a wait and returns the token that events about it must carry. */
  wait(slot: number, forStage: number): number {
    this.tokens += 1
    this.token[slot] = this.tokens
    this.stage[slot] = forStage
    return this.tokens
  }

  /** Ends the wait: events with its token are void. */
  wake(slot: number): void {
    this.token[slot] = 0
    this.stage[slot] = stage.running
  }

  /** Number for a new span. Unique in the run, so also in its trace. */
  nextSpan(): number {
    this.spans = (this.spans + 1) >>> 0
    return this.spans
  }

  save(): CallState {
    return { columns: this.columns().map((column) => column.slice(0, this.used)), numbers: [this.used, this.free, this.count, this.tokens, this.spans] }
  }

  load(state: CallState): void {
    const [used = 0, free = none, count = 0, tokens = 0, spans = 0] = state.numbers
    while (this.capacity < used) this.grow()
    const columns = this.columns()
    for (const [index, saved] of state.columns.entries()) columns[index]?.set(saved)
    this.used = used
    this.free = free
    this.count = count
    this.tokens = tokens
    this.spans = spans
  }

  private columns(): Column[] {
    return Object.values(this).filter((value): value is Column => ArrayBuffer.isView(value))
  }

  private grow(): void {
    this.capacity *= 2
    const grown = Object.entries(this).map(([name, value]: [string, unknown]) => [name, ArrayBuffer.isView(value) ? larger(value as Column, this.capacity) : value] as const)
    Object.assign(this, Object.fromEntries(grown))
  }
}

function larger(column: Column, capacity: number): Column {
  const grown = column instanceof Int32Array ? new Int32Array(capacity) : column instanceof Uint32Array ? new Uint32Array(capacity) : new Float64Array(capacity)
  grown.set(column)
  return grown
}
