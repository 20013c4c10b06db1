/** A postmortem as it is kept while it is written: it belongs to one shift, and a new shift begins a new one. */

/** The text that was kept for this shift; null where there is none. */
export function readKeptText(kept: string | null, shift: string): string | null {
  if (kept === null) return null
  try {
    const read: unknown = JSON.parse(kept)
    if (typeof read !== 'object' || read === null || !('shift' in read) || !('text' in read)) return null
    return read.shift === shift && typeof read.text === 'string' ? read.text : null
  } catch {
    return null
  }
}

export function keptText(text: string, shift: string): string {
  return JSON.stringify({ shift, text })
}
