import { compileRegex, RegexSyntaxError, replaceAll, type Regex } from '../../regex/index.ts'
import { parseBytes, parseDurationSeconds, parseNumber } from '../../query/units.ts'
import { formatGoDate } from './go-date.ts'

/** What templates compute with. A moment is microseconds since the epoch. */
export type TemplateValue = string | number | boolean | Moment
export interface Moment { readonly timeUs: number }

/** Breaks off one line's template; the line then carries `__error__`. */
export class TemplateRunError extends Error {
  override readonly name = 'TemplateRunError'
}

export interface TemplateFunction {
  readonly minimum: number
  readonly maximum: number
  readonly run: (args: readonly TemplateValue[], line: TemplateLine) => TemplateValue
}

/** The line that a template is filled in for. */
export interface TemplateLine {
  readonly text: string
  readonly timeUs: number
}

/** A value as Go's %v prints it. */
export function printValue(value: TemplateValue): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'object') return formatGoDate(value.timeUs, '2006-01-02 15:04:05.999999 +0000 UTC')
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const text = Math.abs(value) !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value)
  return text.replace(/e([+-])(\d)$/, 'e$10$2')
}

/** As Go templates see truth: zero values are false. */
export function isTruthy(value: TemplateValue): boolean {
  return typeof value === 'object' || (value !== '' && value !== 0 && value !== false)
}

const text = (value: TemplateValue | undefined): string => (value === undefined ? '' : printValue(value))
const real = (value: TemplateValue | undefined): number => {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' ? (parseNumber(value.trim()) ?? 0) : 0
}
const whole = (value: TemplateValue | undefined): number => Math.trunc(real(value))

const regexes = new Map<string, Regex>()
const MAXIMUM_REGEXES = 200

function regexOf(pattern: string): Regex {
  const known = regexes.get(pattern)
  if (known !== undefined) return known
  try {
    const made = compileRegex(pattern)
    if (regexes.size >= MAXIMUM_REGEXES) regexes.clear()
    regexes.set(pattern, made)
    return made
  } catch (error) {
    if (error instanceof RegexSyntaxError) throw new TemplateRunError(error.message)
    throw error
  }
}

/** Longest text that a function may make of one line. */
const LONGEST_TEXT = 1_000_000

function limited(length: number): number {
  if (length > LONGEST_TEXT) throw new TemplateRunError('result too long')
  return Math.max(0, length)
}

function trimCharacters(subject: string, cutset: string, left: boolean, right: boolean): string {
  const set = new Set(cutset)
  const characters = [...subject]
  let start = 0
  let end = characters.length
  while (left && start < end && set.has(characters[start] ?? '')) start += 1
  while (right && end > start && set.has(characters[end - 1] ?? '')) end -= 1
  return characters.slice(start, end).join('')
}

function replaceTimes(subject: string, from: string, to: string, times: number): string {
  const parts = subject.split(from)
  const count = times < 0 ? parts.length - 1 : Math.min(times, parts.length - 1)
  return parts.slice(0, count + 1).join(to) + (count + 1 < parts.length ? from + parts.slice(count + 1).join(from) : '')
}

function truncate(count: number, subject: string): string {
  const characters = [...subject]
  return (count < 0 ? characters.slice(Math.max(0, characters.length + count)) : characters.slice(0, count)).join('')
}

function substring(start: number, end: number, subject: string): string {
  const characters = [...subject]
  if (start < 0) return end < 0 ? '' : characters.slice(0, end).join('')
  return (end < 0 ? characters.slice(start) : characters.slice(start, Math.max(start, end))).join('')
}

function align(count: number, subject: string, toRight: boolean): string {
  const width = limited(count)
  const characters = [...subject]
  if (characters.length > width) return (toRight ? characters.slice(characters.length - width) : characters.slice(0, width)).join('')
  const space = ' '.repeat(width - characters.length)
  return toRight ? space + subject : subject + space
}

function indent(count: number, subject: string): string {
  const pad = ' '.repeat(Math.min(limited(count), 200))
  return pad + subject.replaceAll('\n', `\n${pad}`)
}

function decodeUrl(subject: string): string {
  try {
    return decodeURIComponent(subject.replaceAll('+', ' '))
  } catch {
    throw new TemplateRunError(`invalid URL escape in ${JSON.stringify(subject)}`)
  }
}

function encodeUrl(subject: string): string {
  return encodeURIComponent(subject.toWellFormed()).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('%20', '+')
}

function convert(value: string, parsed: number | null, kind: string): number {
  if (parsed === null) throw new TemplateRunError(`invalid ${kind} ${JSON.stringify(value)}`)
  return parsed
}

function divide(a: number, b: number): number {
  if (b === 0) throw new TemplateRunError('integer divide by zero')
  return Math.trunc(a / b)
}

function compare(a: TemplateValue | undefined, b: TemplateValue | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a !== typeof b) throw new TemplateRunError('incompatible types for comparison')
  const left = text(a)
  const right = text(b)
  return left < right ? -1 : left > right ? 1 : 0
}

function round(value: number, digits: number): number {
  const scale = 10 ** Math.min(Math.max(digits, 0), 15)
  const scaled = value * scale
  return (scaled < 0 ? -Math.round(-scaled) : Math.round(scaled)) / scale
}

function moment(value: TemplateValue | undefined): Moment {
  if (typeof value === 'object') return value
  throw new TemplateRunError('expected a time, such as __timestamp__')
}

/** `printf` with %s %v %d %f %q %x %t %e %g and widths. */
function printf(args: readonly TemplateValue[]): string {
  let index = 0
  return text(args[0]).replaceAll(/%([-+0 ]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g, (_, flags: string, width: string, precision: string | undefined, verb: string) => {
    if (verb === '%') return '%'
    index += 1
    const value = args[index]
    if (value === undefined) return `%!${verb}(MISSING)`
    const digits = precision === undefined ? undefined : Math.min(Number(precision), 100)
    const shown = verb === 'd' ? String(whole(value)) : verb === 'f' ? real(value).toFixed(digits ?? 6)
      : verb === 'e' ? real(value).toExponential(digits ?? 6) : verb === 'q' ? JSON.stringify(text(value))
      : verb === 'x' ? whole(value).toString(16) : digits === undefined ? text(value) : truncate(digits, text(value))
    const length = limited(Number(width))
    return flags.includes('-') ? shown.padEnd(length) : shown.padStart(length, flags.includes('0') ? '0' : ' ')
  })
}

const of = (minimum: number, maximum: number, run: TemplateFunction['run']): TemplateFunction => ({ minimum, maximum, run })
const one = (run: (value: string) => TemplateValue): TemplateFunction => of(1, 1, ([a]) => run(text(a)))
const two = (run: (a: string, b: string) => TemplateValue): TemplateFunction => of(2, 2, ([a, b]) => run(text(a), text(b)))
const numbers = (run: (values: number[]) => number): TemplateFunction => of(1, 20, (args) => run(args.map(real)))
const wholes = (run: (values: number[]) => number): TemplateFunction => of(1, 20, (args) => run(args.map(whole)))

/**
 * The functions of templates, with the arguments of Loki (and of Sprig behind it): a piped value comes last. Functions
 * that read the machine's clock or zone (`now`, `toDateInZone`) and `fromJson` are left out.
 */
export const TEMPLATE_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  __line__: of(0, 0, (_, line) => line.text),
  __timestamp__: of(0, 0, (_, line) => ({ timeUs: line.timeUs })),
  ToLower: one((a) => a.toLowerCase()), lower: one((a) => a.toLowerCase()),
  ToUpper: one((a) => a.toUpperCase()), upper: one((a) => a.toUpperCase()),
  title: one((a) => a.replaceAll(/(^|\s)(\S)/g, (_, space: string, letter: string) => space + letter.toUpperCase())),
  Replace: of(4, 4, ([a, from, to, times]) => replaceTimes(text(a), text(from), text(to), whole(times))),
  replace: of(3, 3, ([from, to, a]) => replaceTimes(text(a), text(from), text(to), -1)),
  Trim: two((a, set) => trimCharacters(a, set, true, true)), TrimLeft: two((a, set) => trimCharacters(a, set, true, false)),
  TrimRight: two((a, set) => trimCharacters(a, set, false, true)), trimAll: two((set, a) => trimCharacters(a, set, true, true)),
  TrimPrefix: two((a, prefix) => (a.startsWith(prefix) ? a.slice(prefix.length) : a)), trimPrefix: two((prefix, a) => (a.startsWith(prefix) ? a.slice(prefix.length) : a)),
  TrimSuffix: two((a, suffix) => (suffix !== '' && a.endsWith(suffix) ? a.slice(0, -suffix.length) : a)),
  trimSuffix: two((suffix, a) => (suffix !== '' && a.endsWith(suffix) ? a.slice(0, -suffix.length) : a)),
  TrimSpace: one((a) => a.trim()), trim: one((a) => a.trim()),
  trunc: of(2, 2, ([count, a]) => truncate(whole(count), text(a))),
  substr: of(3, 3, ([start, end, a]) => substring(whole(start), whole(end), text(a))),
  contains: two((part, a) => a.includes(part)), hasPrefix: two((prefix, a) => a.startsWith(prefix)), hasSuffix: two((suffix, a) => a.endsWith(suffix)),
  repeat: of(2, 2, ([count, a]) => { limited(whole(count) * text(a).length); return text(a).repeat(Math.max(0, whole(count))) }),
  indent: of(2, 2, ([count, a]) => indent(whole(count), text(a))), nindent: of(2, 2, ([count, a]) => `\n${indent(whole(count), text(a))}`),
  alignLeft: of(2, 2, ([count, a]) => align(whole(count), text(a), false)), alignRight: of(2, 2, ([count, a]) => align(whole(count), text(a), true)),
  default: of(2, 2, ([fallback, a]) => (a !== undefined && isTruthy(a) ? a : (fallback ?? ''))),
  regexReplaceAll: of(3, 3, ([pattern, a, to]) => replaceAll(regexOf(text(pattern)), text(a), text(to))),
  regexReplaceAllLiteral: of(3, 3, ([pattern, a, to]) => replaceAll(regexOf(text(pattern)), text(a), text(to).replaceAll('$', '$$$$'))),
  count: two((pattern, a) => regexOf(pattern).findAll(a).length),
  urlencode: one(encodeUrl), urldecode: one(decodeUrl),
  bytes: one((a) => convert(a, parseBytes(a), 'size')), duration: one((a) => convert(a, parseDurationSeconds(a), 'duration')), duration_seconds: one((a) => convert(a, parseDurationSeconds(a), 'duration')),
  int: of(1, 1, ([a]) => whole(a)), float64: of(1, 1, ([a]) => real(a)), len: one((a) => a.length),
  add: wholes((all) => all.reduce((a, b) => a + b)), mul: wholes((all) => all.reduce((a, b) => a * b)),
  sub: of(2, 2, ([a, b]) => whole(a) - whole(b)), div: of(2, 2, ([a, b]) => divide(whole(a), whole(b))), mod: of(2, 2, ([a, b]) => whole(a) - whole(b) * divide(whole(a), whole(b))),
  max: wholes((all) => Math.max(...all)), min: wholes((all) => Math.min(...all)),
  addf: numbers((all) => all.reduce((a, b) => a + b)), subf: numbers((all) => all.reduce((a, b) => a - b)), mulf: numbers((all) => all.reduce((a, b) => a * b)), divf: numbers((all) => all.reduce((a, b) => a / b)),
  maxf: numbers((all) => Math.max(...all)), minf: numbers((all) => Math.min(...all)),
  ceil: of(1, 1, ([a]) => Math.ceil(real(a))), floor: of(1, 1, ([a]) => Math.floor(real(a))), round: of(2, 2, ([a, digits]) => round(real(a), whole(digits))),
  eq: of(2, 20, ([a, ...others]) => others.some((b) => compare(a, b) === 0)), ne: of(2, 2, ([a, b]) => compare(a, b) !== 0),
  lt: of(2, 2, ([a, b]) => compare(a, b) < 0), le: of(2, 2, ([a, b]) => compare(a, b) <= 0), gt: of(2, 2, ([a, b]) => compare(a, b) > 0), ge: of(2, 2, ([a, b]) => compare(a, b) >= 0),
  and: of(1, 20, (args) => args.find((a) => !isTruthy(a)) ?? args.at(-1) ?? false), or: of(1, 20, (args) => args.find(isTruthy) ?? args.at(-1) ?? false), not: of(1, 1, ([a]) => a === undefined || !isTruthy(a)),
  printf: of(1, 20, printf), print: of(1, 20, (args) => args.map(text).join('')),
  date: of(2, 2, ([layout, a]) => formatGoDate(moment(a).timeUs, text(layout))),
  unixEpoch: of(1, 1, ([a]) => String(Math.floor(moment(a).timeUs / 1e6))), unixEpochMillis: of(1, 1, ([a]) => String(Math.floor(moment(a).timeUs / 1e3))), unixEpochNanos: of(1, 1, ([a]) => `${moment(a).timeUs}000`),
}
