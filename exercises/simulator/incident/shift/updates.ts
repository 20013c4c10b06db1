/** When people expect to hear something, and who asks when they do not. */
import type { ShiftEntry } from './record.ts'

const minuteUs = 60_000_000
/** The first message comes within this time of the acknowledgement (of the page, where nobody answered it). */
export const firstUpdateUs = 10 * minuteUs
/** And then one at least this often, until one says that it is resolved. */
export const updateEveryUs = 20 * minuteUs

const askers = [
  { who: 'Support', text: 'Customers ask what is wrong and when it will work again. What may I tell them?' },
  { who: 'The head of product', text: 'I hear of it from customers and not from us. How many are affected, and since when?' },
  { who: 'Sales', text: 'Our largest customer is on the phone. When is the next update?' },
] as const

/** When the next message is due; null once it was said that it is resolved. */
export function updateDueUs(entries: readonly ShiftEntry[], pageUs: number): number | null {
  let sinceUs = pageUs
  let limitUs = firstUpdateUs
  for (const entry of entries) {
    if (entry.type === 'acknowledged' && limitUs === firstUpdateUs) sinceUs = entry.atUs
    else if (entry.type === 'said') {
      if (entry.phase === 'resolved') return null
      sinceUs = entry.atUs
      limitUs = updateEveryUs
      // Who asked waits for an answer as long as for any update.
    } else if (entry.type === 'asked-by') {
      sinceUs = entry.atUs
      limitUs = updateEveryUs
    }
  }
  return sinceUs + limitUs
}

/** Who asks next: not always the same. */
export function nextAsker(entries: readonly ShiftEntry[]): { readonly who: string; readonly text: string } {
  const asked = entries.filter(({ type }) => type === 'asked-by').length
  return askers[asked % askers.length] ?? askers[0]
}
