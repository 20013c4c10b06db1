/** Reads Prometheus' PromQL test files into steps. */
import { parseDurationMs } from '../duration.ts'
import { unquote } from '../string-literal.ts'
import { isNumber, parseSeriesLine, readNumber } from './series-notation.ts'
import type { RangeSteps } from '../query.ts'
import type { SeriesLine } from './series-notation.ts'

/** What a message must be: anything, this text, or a match of this expression. */
export interface MessageExpectation {
  readonly kind: 'any' | 'exactly' | 'matching'
  readonly text: string
}

export interface Expectations {
  readonly fail: MessageExpectation | null
  readonly warnings: readonly MessageExpectation[]
  readonly infos: readonly MessageExpectation[]
  readonly noWarning: boolean
  readonly noInfo: boolean
  readonly ordered: boolean
  readonly text: string | null
  readonly scalar: number | null
  /** Times of the points of an expected range vector. */
  readonly rangeVector: RangeSteps | null
  readonly series: readonly SeriesLine[]
}

export interface LoadStep {
  readonly kind: 'load'
  readonly stepMs: number
  /** Whether classic histograms also make native ones with their bounds. */
  readonly withNative: boolean
  readonly series: readonly SeriesLine[]
}
export interface EvalStep {
  readonly kind: 'eval'
  /** 1-based. */
  readonly line: number
  readonly query: string
  readonly at: { readonly kind: 'instant'; readonly timeMs: number } | ({ readonly kind: 'range' } & RangeSteps)
  readonly expected: Expectations
}
export type TestStep = LoadStep | EvalStep | { readonly kind: 'clear' }

export type TestFile = { readonly ok: true; readonly steps: readonly TestStep[] } | { readonly ok: false; readonly line: number; readonly message: string }

class Unreadable extends Error {
  readonly line: number
  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

/** Reads a file's text; the failure names the line that is not understood. */
export function parseTestFile(text: string): TestFile {
  const lines = text.split('\n')
  const steps: TestStep[] = []
  try {
    for (let index = 0; index < lines.length; index += 1) {
      const line = lines[index]?.trim() ?? ''
      if (line === '' || line.startsWith('#')) continue
      const number = index + 1
      const block: { text: string; line: number }[] = []
      while (index + 1 < lines.length && /^\s+\S/.test(lines[index + 1] ?? '')) {
        index += 1
        const inner = lines[index]?.trim() ?? ''
        if (!inner.startsWith('#')) block.push({ text: inner, line: index + 1 })
      }
      steps.push(readStep(line, number, block))
    }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, line: error.line, message: error.message }
    throw error
  }
  return { ok: true, steps }
}

type Block = readonly { readonly text: string; readonly line: number }[]

function readStep(line: string, number: number, block: Block): TestStep {
  if (line === 'clear') return { kind: 'clear' }
  const load = /^load(_with_nhcb)?\s+(\S+)$/.exec(line)
  if (load) return { kind: 'load', stepMs: timeMs(load[2] ?? '', number), withNative: load[1] !== undefined, series: block.map((entry) => series(entry.text, entry.line)) }
  const instant = /^eval(?:_(fail|warn|ordered|info))?\s+instant\s+at\s+(\S+)\s+(.+)$/.exec(line)
  if (instant) {
    return { kind: 'eval', line: number, query: instant[3] ?? '', at: { kind: 'instant', timeMs: timeMs(instant[2] ?? '', number) }, expected: expectations(block, instant[1] ?? null) }
  }
  const range = /^eval(?:_(fail|warn|info))?\s+range\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)\s+(.+)$/.exec(line)
  if (!range) throw new Unreadable(number, `cannot read "${line}"`)
  const at = { kind: 'range' as const, startMs: timeMs(range[2] ?? '', number), endMs: timeMs(range[3] ?? '', number), stepMs: timeMs(range[4] ?? '', number) }
  return { kind: 'eval', line: number, query: range[5] ?? '', at, expected: expectations(block, range[1] ?? null) }
}

function timeMs(text: string, line: number): number {
  const duration = text.startsWith('-') ? null : parseDurationMs(text)
  if (duration !== null) return duration
  if (!isNumber(text)) throw new Unreadable(line, `cannot read the time "${text}"`)
  return Math.round(readNumber(text) * 1000)
}

function series(text: string, line: number): SeriesLine {
  const read = parseSeriesLine(text)
  if (!read.ok) throw new Unreadable(line, read.message)
  return read.value
}

const anything: MessageExpectation = { kind: 'any', text: '' }

/** @param older what the spelling `eval_fail` and its like asks for */
function expectations(block: Block, older: string | null): Expectations {
  const warnings: MessageExpectation[] = older === 'warn' ? [anything] : []
  const infos: MessageExpectation[] = older === 'info' ? [anything] : []
  const found: SeriesLine[] = []
  let fail = older === 'fail' ? anything : null
  let noWarning = false
  let noInfo = false
  let ordered = older === 'ordered'
  let text: string | null = null
  let scalar: number | null = null
  let rangeVector: RangeSteps | null = null
  for (const { text: line, line: number } of block) {
    const failure = /^expected_fail_(message|regexp)\s+(.*)$/.exec(line)
    const expect = /^expect\s+(fail|warn|info|no_warn|no_info|ordered|string|range)\b\s*(.*)$/.exec(line)
    if (failure) fail = { kind: failure[1] === 'message' ? 'exactly' : 'matching', text: failure[2] ?? '' }
    else if (expect) {
      const rest = expect[2] ?? ''
      const message = messageExpectation(rest)
      switch (expect[1]) {
        case 'fail':
          fail = message
          break
        case 'warn':
          warnings.push(message)
          break
        case 'info':
          infos.push(message)
          break
        case 'no_warn':
          noWarning = true
          break
        case 'no_info':
          noInfo = true
          break
        case 'ordered':
          ordered = true
          break
        case 'string':
          text = unquote(rest)
          break
        default: {
          const steps = /^vector\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)$/.exec(rest)
          if (!steps) throw new Unreadable(number, `cannot read "${line}"`)
          rangeVector = { startMs: timeMs(steps[1] ?? '', number), endMs: timeMs(steps[2] ?? '', number), stepMs: timeMs(steps[3] ?? '', number) }
        }
      }
    } else if (isNumber(line)) scalar = readNumber(line)
    else found.push(series(line, number))
  }
  return { fail, warnings, infos, noWarning, noInfo, ordered, text, scalar, rangeVector, series: found }
}

function messageExpectation(text: string): MessageExpectation {
  const found = /^(msg|regex):\s*(.*)$/.exec(text)
  return found ? { kind: found[1] === 'msg' ? 'exactly' : 'matching', text: found[2] ?? '' } : anything
}
