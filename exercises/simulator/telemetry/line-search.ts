import { slotSource, type LineForm, type Slot } from './line-form.ts'
import { slotText, type LineWorld, type LogNumbers } from './log-line.ts'

/**
 * Where a text can stand in lines of a form. It is looked for in the slots from `first` to `last` only; of these, what is
 * not `relevant` never holds a part of it.
 */
export interface SearchPlan {
  /** whole: nothing is saved, make the line and look there. */
  readonly verdict: 'always' | 'never' | 'look' | 'whole'
  readonly first: number
  readonly last: number
  readonly relevant: readonly boolean[]
}

const always: SearchPlan = { verdict: 'always', first: 0, last: -1, relevant: [] }
const never: SearchPlan = { ...always, verdict: 'never' }
const whole: SearchPlan = { ...always, verdict: 'whole' }

/** Stands for the text of slots that do not matter; texts with it are looked for in whole lines. */
const gap = '\u0000'

/** Longer texts are looked for in whole lines: planning takes time and memory by their length. */
const longestPlanned = 200

/** Whether a line contains the text of a plan that says `look`: makes only those parts of the line that the plan names. */
export function lookFor(text: string, plan: SearchPlan, form: LineForm, numbers: LogNumbers, world: LineWorld): boolean {
  let part = ''
  for (let at = plan.first; at <= plan.last; at += 1) {
    const slot = form.slots[at]
    if (slot === undefined) break
    if (plan.relevant[at] === true || slot.optional) {
      const value = slotText(form, slot.source, numbers, world)
      if (value !== null) part += slot.lead + (plan.relevant[at] === true ? value : gap) + slot.tail
    } else part += slot.lead + gap + slot.tail
  }
  return part.includes(text)
}

/** A character of constant text, or the value of a slot (-1). */
interface Symbols {
  readonly codes: readonly number[]
  readonly slotOf: readonly number[]
  /** Where a symbol begins an optional slot: the symbol behind the slot; 0 elsewhere. */
  readonly skipTo: readonly number[]
}

const value = -1

/**
 * Finds every way in which a text can lie over a form, taking values for any text of the characters that their kind can
 * have. Time and memory: length of the text x length of the constant text.
 */
export function planSearch(form: LineForm, text: string): SearchPlan {
  const { slots } = form
  if (text === '' || constantRuns(slots).some((run) => run.includes(text))) return always
  if (text.length > longestPlanned || text.includes(gap)) return whole
  const symbols = symbolsOf(slots)
  const fits = slots.map((slot) => characterTest(form, slot.source))
  const width = symbols.codes.length + 1
  const can = reachableBackward(symbols, fits, text, width)
  return markForward(symbols, fits, text, width, can, slots.length)
}

/** Constant text that every line has in one piece. */
function constantRuns(slots: readonly Slot[]): string[] {
  const runs: string[] = []
  let run = ''
  for (const { lead, source, tail, optional } of slots) {
    if (optional) {
      runs.push(run)
      run = ''
      continue
    }
    run += lead
    if (source !== slotSource.nothing) {
      runs.push(run)
      run = ''
    }
    run += tail
  }
  return [...runs, run]
}

function symbolsOf(slots: readonly Slot[]): Symbols {
  const codes: number[] = []
  const slotOf: number[] = []
  const skipTo: number[] = []
  slots.forEach(({ lead, source, tail, optional }, at) => {
    const begin = codes.length
    for (let index = 0; index < lead.length; index += 1) codes.push(lead.charCodeAt(index))
    if (source !== slotSource.nothing) codes.push(value)
    for (let index = 0; index < tail.length; index += 1) codes.push(tail.charCodeAt(index))
    while (slotOf.length < codes.length) {
      slotOf.push(at)
      skipTo.push(0)
    }
    if (optional) skipTo[begin] = codes.length
  })
  return { codes, slotOf, skipTo }
}

/** `can[i * width + p]` is 1 where text[i..] can follow from symbol p on. */
function reachableBackward({ codes, slotOf, skipTo }: Symbols, fits: readonly CharacterTest[], text: string, width: number): Uint8Array {
  const can = new Uint8Array(width * (text.length + 1)).fill(1, width * text.length)
  for (let index = text.length - 1; index >= 0; index -= 1) {
    const code = text.charCodeAt(index)
    const row = index * width
    for (let place = width - 2; place >= 0; place -= 1) {
      const skip = skipTo[place] ?? 0
      const onward = codes[place] === value
        ? can[row + place + 1] === 1 || (can[row + width + place] === 1 && fits[slotOf[place] ?? 0]?.(code) === true)
        : codes[place] === code && can[row + width + place + 1] === 1
      if (onward || (skip > 0 && can[row + skip] === 1)) can[row + place] = 1
    }
  }
  return can
}

/** Follows the ways that lead to the end, and notes the slots and values that they go through. */
function markForward({ codes, slotOf, skipTo }: Symbols, fits: readonly CharacterTest[], text: string, width: number, can: Uint8Array, slotCount: number): SearchPlan {
  const relevant = Array.from({ length: slotCount }, () => false)
  let first = slotCount
  let last = -1
  let reached = can.slice(0, width)
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    const next = new Uint8Array(width)
    for (let place = 0; place < width - 1; place += 1) {
      if (reached[place] !== 1) continue
      const slot = slotOf[place] ?? 0
      const skip = skipTo[place] ?? 0
      if (skip > 0 && can[index * width + skip] === 1) reached[skip] = 1
      const isValue = codes[place] === value
      if (isValue && can[index * width + place + 1] === 1) reached[place + 1] = 1
      const target = isValue ? place : place + 1
      if (can[(index + 1) * width + target] !== 1 || !(isValue ? fits[slot]?.(code) === true : codes[place] === code)) continue
      next[target] = 1
      first = Math.min(first, slot)
      last = Math.max(last, slot)
      if (isValue) relevant[slot] = true
    }
    reached = next
  }
  if (last < 0) return never
  return relevant.filter(Boolean).length > slotCount / 2 ? whole : { verdict: 'look', first, last, relevant }
}

type CharacterTest = (code: number) => boolean

const among = (characters: string): CharacterTest => {
  const codes = new Set(Array.from(characters, (character) => character.charCodeAt(0)))
  return (code) => codes.has(code)
}
const inTime = among('0123456789-:.TZ+')
const inId = among('0123456789abcdef')
const inNumber = among('0123456789.+-einfIty"')
const inFlag = among('truefals')

/** Which characters the value of a slot may hold. */
function characterTest({ shape }: LineForm, source: number): CharacterTest {
  if (source === slotSource.time) return inTime
  if (source === slotSource.trace || source === slotSource.span) return inId
  const kind = shape.fields[source]?.kind
  if (kind === 'flag') return inFlag
  return kind === 'number' || kind === 'milliseconds' ? inNumber : () => true
}
