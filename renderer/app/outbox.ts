import type { ApiClient, ApiError, CallOutput } from '../../main/api/index.ts'
import type { LearningEvent, LearningFact } from '../../exercises/progress/events.ts'
import { uuidRandomBytes, uuidV7 } from '../../exercises/core/uuid.ts'

/** The contract takes at most 500 events in one call. */
const batchSize = 500
const retryMs = 2_000

export interface Outbox {
  /** Queues facts, in order. Resolves once the core has answered for them, or at once when it is away. */
  record(facts: readonly LearningFact[]): Promise<{ durable: boolean }>
  /** Tries again now, such as when the carrier is back. */
  flush(): void
  /** Facts that the core has not acknowledged. */
  readonly waiting: number
}

interface Entry {
  event: LearningEvent
  settle: (result: { durable: boolean }) => void
}

/**
 * Keeps learning events until the core acknowledges them. Ids are made here, so a re-send after a lost answer adds
 * nothing twice.
 */
export function createOutbox(
  api: ApiClient,
  on: { snapshot(snapshot: CallOutput<'progress.record'>['snapshot']): void; refused(error: ApiError): void },
  now: () => number = Date.now,
): Outbox {
  let entries: Entry[] = []
  let sending = false
  let timer: ReturnType<typeof setTimeout> | null = null

  async function send(): Promise<void> {
    if (sending || entries.length === 0) return
    sending = true
    const batch = entries.slice(0, batchSize)
    const answer = await api.call('progress.record', { events: batch.map((entry) => entry.event) })
    sending = false
    if (answer.ok) {
      const acknowledged = new Set(answer.value.acknowledged)
      entries = entries.filter((entry) => !acknowledged.has(entry.event.id) && !batch.includes(entry))
      for (const entry of batch) entry.settle({ durable: answer.value.durable })
      on.snapshot(answer.value.snapshot)
      void send()
      return
    }
    for (const entry of batch) entry.settle({ durable: false })
    if (answer.error.code === 'disconnected') {
      timer ??= setTimeout(() => {
        timer = null
        void send()
      }, retryMs)
      return
    }
    // The core is there and will not take these: sending them again would only block what follows.
    entries = entries.filter((entry) => !batch.includes(entry))
    on.refused(answer.error)
    void send()
  }

  return {
    record(facts) {
      if (facts.length === 0) return Promise.resolve({ durable: true })
      const settled = facts.map(
        (fact) =>
          new Promise<{ durable: boolean }>((resolve) => {
            const at = now()
            entries.push({ event: { id: uuidV7(at, crypto.getRandomValues(new Uint8Array(uuidRandomBytes))), at, fact }, settle: resolve })
          }),
      )
      void send()
      return Promise.all(settled).then((results) => ({ durable: results.every((result) => result.durable) }))
    },
    flush() {
      void send()
    },
    get waiting() {
      return entries.length
    },
  }
}
