/** Judges when the reader hears again: a time, after the text's own, and soon enough. */
import type { Judgement } from '../../../core/judgement.ts'
import { quote } from '../judgement.ts'
import type { DocumentCheckOf } from '../schema.ts'
import type { DocumentText, Sentence } from '../text.ts'
import { findSection, linesOf } from '../text.ts'
import { minutesOfTime, timesIn } from './figures.ts'

const promise = /\b(?:next|further|another|new|post|share|publish|give|send) (?:\w+ ){0,3}?(?:updates?|message|news|report|status|word)\b|\bupdate (?:you |this page |here |again |follows? ){0,2}(?:again |by |at |within |in |before )|\b(?:hear|report|write|be back) (?:from us |to you |here |again |back ){0,2}(?:again |by |at |within |before )/i
const relative = /\b(?:in|within|every)\s+(?:the next\s+)?(\d{1,3}|fifteen|twenty|thirty|forty-five|sixty|an?|one)\s*(minutes?|mins?|hours?)\b/i
const numberWords: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, fifteen: 15, twenty: 20, thirty: 30, 'forty-five': 45, sixty: 60 }

export function judgeNextUpdate(check: DocumentCheckOf<'next-update'>, document: DocumentText): Judgement {
  const now = minutesOfTime(check.now)
  const section = findSection(document, check.section)
  const inSection = new Set(linesOf(document, section).map(({ line }) => line))
  const candidates = document.sentences.filter((sentence) => inSection.has(sentence.line) || promise.test(sentence.text))
  if (candidates.length === 0) return { passed: false, share: 0, evidence: ['Nothing says when the reader hears again.'] }
  const ownTime = document.sentences.find((sentence) => !candidates.includes(sentence) && timesIn(sentence.text).some(({ minutes }) => minutes === now))
  const offsets = candidates.flatMap((sentence) => [
    ...timesIn(sentence.text).map(({ minutes, written }) => ({ sentence, written, offset: minutes - now, isClock: true })),
    // "Within 30 minutes" is a time only for who knows when it was written.
    ...relativeOffset(sentence, ownTime !== undefined),
  ])
  const good = offsets.find(({ offset }) => offset > 0 && offset <= check.withinMinutes)
  const saysUtc = document.lines.some(({ text, section: of }) => /\butc\b|\d\dz\b/i.test(text) || /\butc\b/.test(of.name))
  if (good !== undefined && (saysUtc || !good.isClock)) return { passed: true, share: 1, evidence: [`${good.written}: ${good.offset} minutes after ${check.now}. ${quote(good.sentence)}`] }
  const line = (offsets[0]?.sentence ?? candidates[0])?.line
  const at = line === undefined ? {} : { line }
  if (good !== undefined) return { passed: false, share: 0.5, evidence: [`${good.written} in which zone? Nothing says UTC. ${quote(good.sentence)}`], ...at }
  const [first] = offsets
  if (first === undefined) return { passed: false, share: 0, evidence: [`No time, or one that depends on when it is read: ${candidates[0] === undefined ? '' : quote(candidates[0])}`], ...at }
  return { passed: false, share: 0, evidence: [first.offset <= 0 ? `${first.written} is not later than the text's own time, ${check.now}. ${quote(first.sentence)}` : `${first.written} is ${first.offset} minutes away; ${check.withinMinutes} is the most here. ${quote(first.sentence)}`], ...at }
}

function relativeOffset(sentence: Sentence, isTimed: boolean): { sentence: Sentence; written: string; offset: number; isClock: boolean }[] {
  const found = relative.exec(sentence.text)
  if (found === null || !isTimed) return []
  const count = numberWords[(found[1] ?? '').toLowerCase()] ?? Number(found[1])
  return [{ sentence, written: found[0], offset: count * (/^h/i.test(found[2] ?? '') ? 60 : 1), isClock: false }]
}
