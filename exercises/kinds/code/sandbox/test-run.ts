/** Turns what came out of the sandbox into what a person reads: places in the source, one sentence for a failure. */
import type { CompiledModule } from '../compile/compiler.ts'
import type { GuestEvent, GuestFailure } from '../guest/kit.ts'
import type { Place, RunFailure, TestRun, TraceEntry } from '../report.ts'
import type { SandboxEnd, SandboxLimits, SandboxResult } from './sandbox.ts'
import { parseStack } from './stack.ts'
import { isOutOfMemory } from './thrown.ts'
import { thousands } from '../../../core/thousands.ts'

/** What is needed to name places. */
export interface Sources {
  modules: readonly CompiledModule[]
  testFile: CompiledModule
  /** Source of the test file, to quote the expectation that failed. */
  testText: string
  limits: SandboxLimits
}

/** Errors that the language throws: nobody meant them. */
const nativeErrors = new Set(['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError', 'InternalError', 'EvalError', 'URIError'])

/** The run of one test as data. */
export function describeRun(test: string, seed: number, result: SandboxResult, sources: Sources): TestRun {
  const failure = failureOf(result, sources)
  const [first] = result.events
  const schedule = first?.kind === 'schedule' ? first.number : null
  // A schedule has its own time: what is kept of it begins at 0.
  const beginMs = schedule === null ? 0 : (first?.atMs ?? 0)
  const trace = result.events.flatMap((event) => traceEntry({ ...event, atMs: event.atMs - beginMs }, sources))
  const endMs = (result.events.at(-1)?.atMs ?? beginMs) - beginMs
  return { test, seed, ...(schedule === null ? {} : { schedule }), passed: failure === null, ...(failure === null ? {} : { failure }), trace, dropped: result.dropped, endMs }
}

/** Why a run did not pass; null when it did. */
export function failureOf(result: SandboxResult, sources: Sources): RunFailure | null {
  const reported = result.events.find((event) => event.kind === 'failure')?.failure
  const { end } = result
  const passed = end.type === 'done' && reported === undefined
  if (result.memoryFull && !passed && reported?.type !== 'assertion') return { failure: 'memory', message: memoryMessage(sources.limits), ...(end.type === 'limit' && end.at !== null ? { place: end.at } : placesOf(reported?.stack ?? '', sources)) }
  if (end.type === 'limit' || end.type === 'broken' || reported === undefined) return endFailure(end, sources)
  return guestFailure(reported, sources)
}

function guestFailure(reported: GuestFailure, sources: Sources): RunFailure {
  const places = placesOf(reported.stack, sources)
  if (reported.type === 'assertion') {
    const { expected = '', actual = '' } = reported
    const expression = quoteOf(places.testPlace, sources)
    return { failure: 'wrong', message: reported.message, ...(expression === '' ? {} : { expression }), expected, actual, ...places }
  }
  if (isOutOfMemory(reported)) return { failure: 'memory', message: memoryMessage(sources.limits), ...places }
  return { ...errorFailure(reported), ...places }
}

function errorFailure({ name, message, stack }: { name: string; message: string; stack: string }): Pick<RunFailure, 'failure' | 'message'> {
  if (name === 'RangeError' && message.includes('call stack')) return { failure: 'crash', message: 'A function calls itself without an end: the stack is full.' }
  const text = nativeErrors.has(name) || name !== '' ? `${name}: ${message}` : message
  const thrownByLanguage = nativeErrors.has(name) && stack !== ''
  return { failure: thrownByLanguage ? 'crash' : 'wrong', message: `An error came out: ${text}` }
}

function endFailure(end: SandboxEnd, sources: Sources): RunFailure | null {
  switch (end.type) {
    case 'done':
    case 'failed':
      return null
    case 'stuck':
      return { failure: 'wrong', message: 'It waits for a promise that nothing will settle: no timer is armed, and every call has been answered or left hanging.' }
    case 'limit':
      return { failure: end.limit === 'memory' ? 'memory' : 'time', message: limitMessage(end.limit, sources.limits), ...(end.at === null ? {} : { place: end.at }) }
    case 'error':
      return { ...errorFailure(end), ...placesOf(end.stack, sources) }
    case 'broken':
      return { failure: 'crash', message: `The sandbox broke down (${end.message}). Look for recursion in data, or for a value of enormous size.` }
  }
}

function memoryMessage(limits: SandboxLimits): string {
  return `It needs more than ${limits.memoryMb} MB of memory.`
}

function limitMessage(limit: 'steps' | 'clock' | 'virtual' | 'memory', limits: SandboxLimits): string {
  switch (limit) {
    case 'steps':
      return `Stopped after ${thousands(limits.steps * 10_000)} jumps and calls. Look for a loop that has no end, or that waits without letting time pass.`
    case 'clock':
      return `Stopped after ${limits.timeMs / 1_000} s.`
    case 'virtual':
      return 'Virtual time or the number of timers passed its limit, and the test was still waiting. Look for an interval or a retry that nothing stops.'
    case 'memory':
      return memoryMessage(limits)
  }
}

/** The innermost places of a stack in the learner's files and in the test. */
function placesOf(stack: string, sources: Sources): { place?: Place; testPlace?: Place } {
  const places: { place?: Place; testPlace?: Place } = {}
  for (const frame of parseStack(stack)) {
    const inTest = frame.file === sources.testFile.name
    const module = inTest ? sources.testFile : sources.modules.find((other) => other.name === frame.file)
    const found = module?.map.find(frame.line, frame.column)
    if (found === undefined || found === null) continue
    const inside = frame.name === '' || frame.name.startsWith('<') ? {} : { inside: frame.name }
    const place = { file: frame.file, line: found.line, ...inside }
    if (inTest) places.testPlace ??= place
    else places.place ??= place
  }
  return places
}

function quoteOf(place: Place | undefined, sources: Sources): string {
  return place === undefined ? '' : (sources.testText.split('\n')[place.line - 1] ?? '').trim()
}

function traceEntry(event: GuestEvent, sources: Sources): TraceEntry[] {
  switch (event.kind) {
    case 'timer': {
      const { place, testPlace } = placesOf(event.stack, sources)
      const at = place ?? testPlace
      return [{ kind: 'timer', atMs: event.atMs, delayMs: event.delayMs, ...(at === undefined ? {} : { place: at }) }]
    }
    case 'call': {
      const { place, testPlace } = placesOf(event.stack, sources)
      const at = place ?? testPlace
      return [{ kind: 'call', atMs: event.atMs, name: event.name, call: event.call, text: event.text, ...(at === undefined ? {} : { place: at }) }]
    }
    case 'console':
      return [{ ...event, level: levelOf(event.level) }]
    case 'return':
    case 'note':
      return [event]
    case 'schedule':
    case 'failure':
    case 'end':
      return []
  }
}

const levels = ['log', 'info', 'debug', 'warn', 'error'] as const

function levelOf(text: string): (typeof levels)[number] {
  return levels.find((level) => level === text) ?? 'log'
}
