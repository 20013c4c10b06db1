/** Judges facts: each stated by a sentence, and undone by none. */
import type { Judgement } from '../../../core/judgement.ts'
import { quote } from '../judgement.ts'
import type { DocumentCheckOf, DocumentFact } from '../schema.ts'
import { matchesAny } from '../patterns.ts'
import type { DocumentText, Sentence } from '../text.ts'
import { findSection, isSentence, isWithin } from '../text.ts'

/** Patterns are held against at most so much at once, which bounds their time. */
const longestPassage = 1_000

const numberWords = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** A pattern for a number as people write it, with one of the units at most four words away. */
export function numberPattern(value: number, units: readonly string[]): RegExp {
  const digits = String(value)
  const grouped = digits.replaceAll(/\B(?=(\d{3})+(?!\d))/g, '[,\u00a0 ]?')
  const word = numberWords[value]
  const number = `(?<![\\d.,:])(?:${grouped}${word === undefined ? '' : `|\\b${word}`})(?![\\d:]|[.,]\\d)`
  const unit = `(?:${units.join('|')})`
  return new RegExp(`${number}(?:\\s+\\S+){0,4}?[\\s-]*${/^\w/.test(units[0] ?? '') ? '\\b' : ''}${unit}\\b|\\b${unit}\\b\\W+(?:\\S+\\s+){0,4}?${number}`, 'iu')
}

function states(fact: DocumentFact, { text }: Sentence): boolean {
  if (fact.any !== undefined && !matchesAny(text, fact.any)) return false
  if (fact.number !== undefined && !numberPattern(fact.number.value, fact.number.units).test(text)) return false
  return fact.also.every((pattern) => matchesAny(text, [pattern]))
}

/** Items, and the paragraphs of a section as one: what a brief fact may be spread over. */
function passagesOf(document: DocumentText): Sentence[] {
  const items = document.lines.filter(({ kind }) => kind === 'item' || kind === 'row')
  const paragraphs = document.sections.flatMap((section): Sentence[] => {
    const own = document.sentences.filter((sentence) => sentence.section === section && sentence.kind === 'prose')
    const [first] = own
    return first === undefined || own.length < 2 ? [] : [{ ...first, text: own.map(({ text }) => text).join(' ') }]
  })
  return [...items, ...paragraphs].map((passage) => ({ ...passage, text: passage.text.slice(0, longestPassage) }))
}

export function judgeFacts(check: DocumentCheckOf<'facts'>, document: DocumentText): Judgement {
  const { sentences } = document
  const passages = passagesOf(document)
  let firstFault: number | undefined
  const fault = (line: number): void => {
    firstFault ??= line
  }
  const judged = check.facts.map((fact): { met: boolean; evidence: string } => {
    const section = fact.section === undefined ? null : findSection(document, fact.section)
    const isPlaced = (sentence: Sentence): boolean => fact.section === undefined || (section !== null && isWithin(document, sentence.section, section))
    const against = sentences.find((sentence) => isPlaced(sentence) && matchesAny(sentence.text, fact.contradictions))
    if (against !== undefined) {
      fault(against.line)
      return { met: false, evidence: `Contradicted: ${fact.asks} ${quote(against)}` }
    }
    const stating = (fact.brief ? [...sentences, ...passages] : sentences).filter((sentence) => isPlaced(sentence) && states(fact, sentence))
    const sound = stating.filter(({ text }) => fact.brief || isSentence(text))
    const [first] = sound
    if (first === undefined) {
      const [loose] = stating
      if (loose === undefined) return { met: false, evidence: `Not said${fact.section === undefined ? '' : ` under "${fact.section[0] ?? ''}"`}: ${fact.asks}` }
      fault(loose.line)
      return { met: false, evidence: `Not a sentence: ${fact.asks} ${quote(loose)} Words in a row do not say how they belong together.` }
    }
    if (fact.withinSentences !== undefined && sentences.indexOf(first) >= fact.withinSentences) {
      fault(first.line)
      return { met: false, evidence: `Too late: ${fact.asks} It is said in sentence ${sentences.indexOf(first) + 1}; a reader needs it within the first ${fact.withinSentences}. ${quote(first)}` }
    }
    return { met: true, evidence: `Said: ${fact.asks} ${quote(first)}` }
  })
  const met = judged.filter((one) => one.met).length
  return { passed: met === judged.length, share: met / judged.length, evidence: judged.map((one) => one.evidence), ...(firstFault === undefined ? {} : { line: firstFault }) }
}
