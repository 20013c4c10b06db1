import type { StoredEntry } from './log-reader.ts'
import { inChunks } from './text-chunks.ts'

/** Log lines as JSON Lines in chunks: each object is the line with its stream labels under `stream`, whatever its format was. */
export function jsonLines(entries: Iterable<StoredEntry>): Generator<string> {
  return inChunks(lines(entries))
}

function* lines(entries: Iterable<StoredEntry>): Generator<string> {
  for (const entry of entries) yield `{"stream":${JSON.stringify(entry.labels)},${entry.render('json').slice(1)}\n`
}
