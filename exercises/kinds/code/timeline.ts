/** A run as a sequence diagram: the failing schedule, drawn. */
import type { TestRun, TraceEntry } from './report.ts'

/** More lines than this are too small to read in one picture; the end is what failed. */
const maxLines = 18
/** So many like calls in a row, or answers, are one line. */
const crowd = 3

/**
 * Mermaid source of a run's calls, answers, notes, console lines and the program's own timers, in order of virtual time;
 * the last ones if too many. `files`: names of the program's files.
 */
export function sequenceDiagram(run: TestRun, files: readonly string[]): string {
  const names = [...new Set(run.trace.flatMap((entry) => (entry.kind === 'call' ? [entry.name] : [])))]
  const actors = new Map(names.map((name, index) => [name, `p${index + 1}`]))
  const lines = crowdsOf(run.trace.filter((entry) => isDrawn(entry, files))).flatMap((entries) => linesOf(entries, actors))
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

/** Timers of tests and fakes are how long a call takes, which its answer shows. */
function isDrawn(entry: TraceEntry, files: readonly string[]): boolean {
  return entry.kind !== 'timer' || (entry.place !== undefined && files.includes(entry.place.file))
}

/** Entries in their order, calls of one fake at one time together, and so their answers. */
function crowdsOf(trace: readonly TraceEntry[]): TraceEntry[][] {
  const crowds: TraceEntry[][] = []
  for (const entry of trace) {
    const last = crowds.at(-1)
    if (last?.[0] !== undefined && keyOf(last[0]) === keyOf(entry)) last.push(entry)
    else crowds.push([entry])
  }
  return crowds
}

/** What like entries have in common. */
function keyOf(entry: TraceEntry): string {
  if (entry.kind === 'call') return `call ${entry.atMs} ${entry.name}`
  return entry.kind === 'return' ? `return ${entry.atMs} ${entry.name} ${entry.outcome}` : `${entry.kind} ${entry.atMs}`
}

function linesOf(entries: readonly TraceEntry[], actors: ReadonlyMap<string, string>): string[] {
  const [first] = entries
  const last = entries.at(-1)
  const isCrowd = entries.length >= crowd && first?.kind === last?.kind
  if (!isCrowd || first === undefined || last === undefined || !('call' in first) || !('call' in last)) return entries.flatMap((entry) => lineOf(entry, actors))
  const texts = new Set(entries.map((entry) => ('text' in entry ? entry.text : '')))
  const text = texts.size === 1 ? first.text : `${first.text} and others`
  return lineOf({ ...first, text }, actors, `${entries.length} calls, ${first.call} to ${last.call}`)
}

function lineOf(entry: TraceEntry, actors: ReadonlyMap<string, string>, calls = 'call' in entry ? `call ${entry.call}` : ''): string[] {
  switch (entry.kind) {
    case 'call':
      return [`  p0->>${actors.get(entry.name) ?? 'p0'}: ${entry.atMs} ms, ${calls} (${plain(entry.text)})`]
    case 'return':
      return [`  ${actors.get(entry.name) ?? 'p0'}${entry.outcome === 'value' ? '-->>' : '-x'}p0: ${entry.atMs} ms, ${calls}, ${plain(entry.text)}`]
    case 'note':
    case 'console':
      return [`  Note over p0: ${entry.atMs} ms, ${plain(entry.text)}`]
    case 'timer':
      return [`  p0->>p0: ${entry.atMs} ms, timer of ${entry.delayMs} ms${entry.place === undefined ? '' : `, line ${entry.place.line}`}`]
  }
}

/** Text that cannot be read as Mermaid's own: no line ends, comments or entities, and short. */
function plain(text: string): string {
  const safe = text.replace(/[\n\r;#%<>{}]+/g, ' ').trim()
  return safe.length > 80 ? `${safe.slice(0, 77)}...` : safe
}
