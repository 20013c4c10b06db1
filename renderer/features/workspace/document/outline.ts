/** What stands in which section of a text: for the outline, and beside the model answer. */
import { readAnswer, templateLines } from '../../../../exercises/kinds/document/grade.ts'
import type { DocumentExercise } from '../../../../exercises/kinds/document/schema.ts'
import { findSection, linesOf, wordsOf } from '../../../../exercises/kinds/document/text.ts'
import type { DocumentText, TextSection } from '../../../../exercises/kinds/document/text.ts'

export interface OutlineEntry {
  title: string
  /** 1-based line of its heading; null where the text has no such section. */
  line: number | null
  words: number
}

/** The names under which the template asks for sections: the first of each is its title. */
function wantedSections(exercise: DocumentExercise): readonly (readonly string[])[] {
  return exercise.checks.flatMap((check) => (check.type === 'sections' ? check.sections.map(({ names }) => names) : []))
}

/** The template's sections with how many words of the learner they hold. It says what is empty, never what is right. */
export function outlineOf(exercise: DocumentExercise, text: string): OutlineEntry[] {
  const document = readAnswer(exercise, text)
  const template = templateLines(exercise)
  return wantedSections(exercise).map((names) => {
    const section = findSection(document, names)
    const own = linesOf(document, section).filter((line) => !template.has(line.text))
    return { title: names[0] ?? '', line: section?.line ?? null, words: own.reduce((sum, line) => sum + wordsOf(line.text).length, 0) }
  })
}

export interface SectionPair {
  title: string
  /** As written; null where there is no such section. */
  yours: string | null
  model: string | null
  /** Times and numbers that stand on one side only. */
  onlyYours: string[]
  onlyModel: string[]
}

/** The template's sections of two texts, side by side; what stands in none of them comes first. */
export function pairSections(exercise: DocumentExercise, yours: string, model: string): SectionPair[] {
  const sides = [yours, model].map((text) => ({ text, document: readAnswer(exercise, text) }))
  const pairs = [null, ...wantedSections(exercise)].map((names): SectionPair => {
    const [mine = null, other = null] = sides.map(({ text, document }) => (names === null ? beforeSections(document, text, wantedSections(exercise)) : sourceOf(document, text, findSection(document, names))))
    return { title: names?.[0] ?? 'Before and between the sections', yours: mine, model: other, onlyYours: figuresOnlyIn(mine, other), onlyModel: figuresOnlyIn(other, mine) }
  })
  return pairs.filter(({ yours: mine, model: other }, index) => index > 0 || mine !== null || other !== null)
}

/** Lines of a section as they are written, heading left out unless text stands on its line. */
function sourceOf(document: DocumentText, text: string, section: TextSection | null): string | null {
  if (section === null) return null
  const [from, to] = rangeOf(document, section)
  const [first = '', ...rest] = text.split('\n').slice(from, to)
  return [...(section.level <= 6 ? [] : [first]), ...rest].join('\n').trim()
}

/** 0-based lines from a section's heading to the next one that is not below it. */
function rangeOf(document: DocumentText, section: TextSection): [number, number] {
  const next = document.sections.slice(document.sections.indexOf(section) + 1).find(({ level }) => level <= section.level)
  return [section.line - 1, next === undefined ? Infinity : next.line - 1]
}

function beforeSections(document: DocumentText, text: string, wanted: readonly (readonly string[])[]): string | null {
  const ranges = wanted.flatMap((names) => {
    const section = findSection(document, names)
    return section === null ? [] : [rangeOf(document, section)]
  })
  const rest = text.split('\n').filter((_, line) => !ranges.some(([from, to]) => line >= from && line < to)).join('\n').trim()
  return rest === '' ? null : rest
}

const figure = /((?<![\w.-])(?:\d{4}-\d\d-\d\d|\d{1,2}:\d\d|(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?%)?))/

/** Pieces of a text: every second one is a date, a time or a number. */
export function splitFigures(text: string): string[] {
  return text.split(figure)
}

/** A figure in the form in which two are compared. */
export function bareFigure(text: string): string {
  return text.replaceAll(/\s/g, '')
}

/** Times and numbers of a text, each once. */
export function figuresIn(text: string): string[] {
  return [...new Set(splitFigures(text).filter((_, index) => index % 2 === 1).map(bareFigure))]
}

function figuresOnlyIn(text: string | null, other: string | null): string[] {
  const known = new Set(figuresIn(other ?? ''))
  return text === null ? [] : figuresIn(text).filter((one) => !known.has(one))
}
