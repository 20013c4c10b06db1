const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** A time in the learner's own locale and zone. `atMs` since the Unix epoch. */
export function dateText(atMs: number): string {
  return dateTime.format(atMs)
}

/** "1.4 MB"; 1 MB is 1,000,000 bytes. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${String(bytes)} B`
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(0)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
