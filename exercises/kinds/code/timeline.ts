/** A run as a sequence diagram: the failing schedule, drawn. */
import type { TestRun, TraceEntry } from './report.ts'

/** More lines than this nobody reads; the end is what failed. */
const maxLines = 40

/**
 * Mermaid source of a run's calls, answers, notes, console lines and the program's own timers, in order of virtual time;
 * the last ones if too many. `files`: names of the program's files.
 */
export function sequenceDiagram(run: TestRun, files: readonly string[]): string {
  const names = [...new Set(run.trace.flatMap((entry) => (entry.kind === 'call' ? [entry.name] : [])))]
  const actors = new Map(names.map((name, index) => [name, `p${index + 1}`]))
  const lines = run.trace.flatMap((entry) => lineOf(entry, actors, files))
  const left = lines.length - maxLines
  return [
    'sequenceDiagram',
    '  participant p0 as program',
    ...[...actors].map(([name, id]) => `  participant ${id} as ${plain(name)}`),
    ...(left > 0 ? [`  Note over p0: ${left} earlier lines left out`] : []),
    ...lines.slice(-maxLines),
    ...(run.failure === undefined ? [] : [`  Note over p0: ${run.endMs} ms, failed. ${plain(run.failure.message)}`]),
  ].join('\n')
}

function lineOf(entry: TraceEntry, actors: ReadonlyMap<string, string>, files: readonly string[]): string[] {
  switch (entry.kind) {
    case 'call':
      return [`  p0->>${actors.get(entry.name) ?? 'p0'}: ${entry.atMs} ms, call ${entry.call} (${plain(entry.text)})`]
    case 'return':
      return [`  ${actors.get(entry.name) ?? 'p0'}${entry.outcome === 'value' ? '-->>' : '-x'}p0: ${entry.atMs} ms, call ${entry.call}, ${plain(entry.text)}`]
    case 'note':
    case 'console':
      return [`  Note over p0: ${entry.atMs} ms, ${plain(entry.text)}`]
    case 'timer':
      // Timers of tests and fakes are how long a call takes, which its answer shows.
      return entry.place !== undefined && files.includes(entry.place.file) ? [`  p0->>p0: ${entry.atMs} ms, timer of ${entry.delayMs} ms, line ${entry.place.line}`] : []
  }
}

/** Text that cannot be read as Mermaid's own: no line ends, comments or entities, and short. */
function plain(text: string): string {
  const safe = text.replace(/[\n\r;#%<>{}]+/g, ' ').trim()
  return safe.length > 80 ? `${safe.slice(0, 77)}...` : safe
}
