/** Seeds are small enough to be read out over a phone. */
export const mostSeed = 999_999

/** A seed for a new shift. */
export function newSeed(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % (mostSeed + 1)
}

/** A seed as typed; null for anything else than a whole number in range. */
export function readSeed(text: string): number | null {
  const trimmed = text.trim()
  if (!/^\d{1,6}$/.test(trimmed)) return null
  return Number(trimmed)
}
