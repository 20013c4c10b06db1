import type { Labels } from '../source.ts'

export const ERROR_LABEL = '__error__'
export const ERROR_DETAILS_LABEL = '__error_details__'

/** Added to a parsed label whose name the stream already has, as Loki does. */
export const DUPLICATE_SUFFIX = '_extracted'

/** A stream's labels, sorted, with what the evaluator caches about it. */
export interface StreamState {
  readonly labels: Labels
  readonly names: readonly string[]
  readonly values: readonly string[]
  /** The labels when a pipeline changes nothing: made once. */
  readonly key: string
}

/** Sorts the labels of a stream. Cached by object, so that lines of one stream share the work. */
export class StreamStates {
  private readonly states = new WeakMap<Labels, StreamState>()
  private lastLabels: Labels | null = null
  private lastState: StreamState | null = null

  of(labels: Labels): StreamState {
    if (labels === this.lastLabels && this.lastState !== null) return this.lastState
    let state = this.states.get(labels)
    if (state === undefined) {
      const names = Object.keys(labels).sort()
      const values = names.map((name) => labels[name] ?? '')
      state = { labels, names, values, key: labelsKey(names, values) }
      this.states.set(labels, state)
    }
    this.lastLabels = labels
    this.lastState = state
    return state
  }
}

/** Names and values in one string; equal exactly when the label sets are. */
export function labelsKey(names: readonly string[], values: readonly string[]): string {
  let key = ''
  for (let i = 0; i < names.length; i += 1) key += `${names[i]}\u0001${values[i]}\u0002`
  return key
}

/**
 * The labels of one line while it goes through the pipeline: those of the stream, and over them what stages add, change
 * and remove. One object serves all lines of a query.
 */
export class LabelsBuilder {
  private stream: StreamState = { labels: {}, names: [], values: [], key: '' }
  private names: string[] = []
  /** Null marks a label that was removed. */
  private values: (string | null)[] = []
  private count = 0
  /** The kind of the first parse or conversion error, such as JSONParserErr; empty without one. */
  error = ''
  errorDetails = ''

  reset(stream: StreamState): void {
    this.stream = stream
    this.count = 0
    this.error = ''
    this.errorDetails = ''
  }

  get streamState(): StreamState {
    return this.stream
  }

  streamHas(name: string): boolean {
    return this.stream.names.includes(name)
  }

  /** The value of a label, or undefined when the line has none of that name. */
  get(name: string): string | undefined {
    if (name === ERROR_LABEL) return this.error === '' ? undefined : this.error
    if (name === ERROR_DETAILS_LABEL) return this.errorDetails === '' ? undefined : this.errorDetails
    for (let i = 0; i < this.count; i += 1) {
      if (this.names[i] === name) return this.values[i] ?? undefined
    }
    const index = this.stream.names.indexOf(name)
    return index < 0 ? undefined : this.stream.values[index]
  }

  set(name: string, value: string): void {
    this.put(name, value)
  }

  delete(name: string): void {
    if (name === ERROR_LABEL) this.error = ''
    else if (name === ERROR_DETAILS_LABEL) this.errorDetails = ''
    else this.put(name, null)
  }

  private put(name: string, value: string | null): void {
    for (let i = 0; i < this.count; i += 1) {
      if (this.names[i] === name) {
        this.values[i] = value
        return
      }
    }
    this.names[this.count] = name
    this.values[this.count] = value
    this.count += 1
  }

  setError(error: string, details: string): void {
    this.error = error
    this.errorDetails = details
  }

  /** Names that the line has now, the error labels among them. */
  currentNames(): string[] {
    const names = this.stream.names.filter((name) => this.get(name) !== undefined)
    for (let i = 0; i < this.count; i += 1) {
      const name = this.names[i] ?? ''
      if (this.values[i] !== null && !names.includes(name)) names.push(name)
    }
    if (this.error !== '') names.push(ERROR_LABEL)
    if (this.errorDetails !== '') names.push(ERROR_DETAILS_LABEL)
    return names
  }

  /** True when no stage changed anything. */
  get isUnchanged(): boolean {
    return this.count === 0 && this.error === '' && this.errorDetails === ''
  }

  /** All labels, sorted by name; labels without a value are left out. */
  toLabels(): Labels {
    if (this.isUnchanged) return this.stream.labels
    return this.labelsOf(this.currentNames())
  }

  /** The given labels as an object, sorted by name. */
  labelsOf(names: readonly string[]): Labels {
    const labels: Record<string, string> = {}
    for (const name of [...names].sort()) {
      const value = this.get(name)
      if (value !== undefined && value !== '') labels[name] = value
    }
    return labels
  }
}
