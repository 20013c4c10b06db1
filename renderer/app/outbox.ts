import type { ApiClient, ApiError, CallOutput } from '../../main/api/index.ts'
import type { LearningEvent, LearningFact } from '../../exercises/progress/events.ts'
import { uuidRandomBytes, uuidV7 } from '../../exercises/core/uuid.ts'
import type { UnsentFacts } from './unsent-facts.ts'

/** The contract takes at most 500 events in one call. */
const batchSize = 500
const retryMs = 2_000
/** A clock that is set back by more than this is believed; less is two facts in one moment. */
const sameMomentMs = 1_000

export interface Outbox {
  /** Queues facts, in order. Resolves once the core has answered for them, or at once when it is away. */
  record(facts: readonly LearningFact[]): Promise<{ durable: boolean }>
  /** Takes up what is kept for the active profile and tries again now, such as when the carrier is back. */
  flush(): void
  /** Facts that the core has not acknowledged. */
  readonly waiting: number
}

export interface OutboxOptions {
  snapshot(snapshot: CallOutput<'progress.record'>['snapshot']): void
  refused(error: ApiError): void
  /** Whose facts these are: what one learner did is never sent while another one is active. */
  profile(): string
  kept: UnsentFacts
  /** Milliseconds since the Unix epoch. */
  now?(): number
}

interface Entry {
  profile: string
  event: LearningEvent
  settle: (result: { durable: boolean }) => void
}

/**
 * Keeps learning events until they are on disk. Ids are made here, so a re-send after a lost answer, or by the next
 * launch, adds nothing twice.
 */
export function createOutbox(api: ApiClient, options: OutboxOptions): Outbox {
  const { kept, profile } = options
  const now = options.now ?? Date.now
  let entries: Entry[] = []
  let sending = false
  let lastAt = 0
  let timer: ReturnType<typeof setTimeout> | null = null

  /** Never twice the same moment, so that facts keep their order: (at, id) is how they count. */
  function nextAt(): number {
    const at = now()
    lastAt = at <= lastAt && lastAt - at < sameMomentMs ? lastAt + 1 : at
    return lastAt
  }

  async function send(): Promise<void> {
    if (sending) return
    const active = profile()
    const batch = entries.filter((entry) => entry.profile === active).slice(0, batchSize)
    if (batch.length === 0) return
    sending = true
    const answer = await api.call('progress.record', { events: batch.map((entry) => entry.event) })
    sending = false
    const ids = batch.map((entry) => entry.event.id)
    if (answer.ok) {
      entries = entries.filter((entry) => !batch.includes(entry))
      // What the core holds in memory only stays kept here too, until a later flush finds the disk back.
      if (answer.value.durable) kept.forget(active, ids)
      for (const entry of batch) entry.settle({ durable: answer.value.durable })
      options.snapshot(answer.value.snapshot)
      void send()
      return
    }
    for (const entry of batch) entry.settle({ durable: false })
    if (answer.error.code === 'disconnected') {
      // While the carrier is closed it tells when it is back.
      if (api.state !== 'open') return
      timer ??= setTimeout(() => {
        timer = null
        void send()
      }, retryMs)
      return
    }
    // The core is there and will not take these: sending them again would only block what follows.
    entries = entries.filter((entry) => !batch.includes(entry))
    kept.forget(active, ids)
    options.refused(answer.error)
    void send()
  }

  return {
    record(facts) {
      if (facts.length === 0) return Promise.resolve({ durable: true })
      const owner = profile()
      const settled = facts.map(
        (fact) =>
          new Promise<{ durable: boolean }>((resolve) => {
            const at = nextAt()
            const event: LearningEvent = { id: uuidV7(at, crypto.getRandomValues(new Uint8Array(uuidRandomBytes))), at, fact }
            kept.keep(owner, event)
            entries.push({ profile: owner, event, settle: resolve })
          }),
      )
      void send()
      return Promise.all(settled).then((results) => ({ durable: results.every((result) => result.durable) }))
    },
    flush() {
      const owner = profile()
      const known = new Set(entries.map((entry) => entry.event.id))
      const found = kept.of(owner).filter((event) => !known.has(event.id))
      entries.unshift(...found.map((event) => ({ profile: owner, event, settle: () => undefined })))
      void send()
    },
    get waiting() {
      return entries.length
    },
  }
}
