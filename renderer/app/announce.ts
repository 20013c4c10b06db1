/** Messages for screen readers: polite, one region, at most one a second so that none is spoken over. */
const intervalMs = 1_000
const listeners = new Set<(text: string) => void>()
let waiting: string[] = []
let busy = false

/** Says `text` in the live region. Repeats of a waiting message are dropped. */
export function announce(text: string): void {
  if (text === '' || waiting.includes(text)) return
  waiting.push(text)
  if (!busy) speakNext()
}

/** Receives each message when its turn comes; returns the function that stops listening. */
export function onAnnouncement(listener: (text: string) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function speakNext(): void {
  const text = waiting[0]
  if (text === undefined) {
    busy = false
    return
  }
  busy = true
  waiting = waiting.slice(1)
  for (const listener of listeners) listener(text)
  setTimeout(speakNext, intervalMs)
}
