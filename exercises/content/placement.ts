/** placement.yaml: which checks of the chapters the placement test asks, two of each chapter. */
import { z } from 'zod'
import type { Problem } from '../core/problem.ts'
import { checkYaml, parseYamlSource } from './compile/yaml-source.ts'
import type { Chapter, Check } from './model.ts'
import { eachBlock } from './walk.ts'

/** A pass wants all of them right, so every chapter has the same number. */
export const questionsPerChapter = 2
/** To read a question and answer it. */
const secondsPerQuestion = 40

const placementSchema = z.strictObject({
  chapters: z.record(z.string().regex(/^ch\d\d$/, 'expected a chapter such as ch07'), z.array(z.string()).length(questionsPerChapter, `expected ${String(questionsPerChapter)} checks, since a pass wants all of them right`)),
})

/** A question with the section that teaches its answer. */
export interface PlacementQuestion {
  chapter: string
  section: string
  check: Check
}

export interface ParsedPlacement {
  /** In the order of the file. */
  chapters: { id: string; checks: string[] }[]
  /** The file's line of a chapter, or of one of its checks. */
  lineOf(chapter: string, index?: number): number
  problems: Problem[]
}

/** Parses placement.yaml. A malformed one asks nothing and says why; nothing throws. */
export function parsePlacement(file: string, text: string): ParsedPlacement {
  const source = parseYamlSource({ file, text, firstLine: 1 })
  const { value, problems } = checkYaml<z.output<typeof placementSchema>>(source, file, placementSchema)
  return {
    chapters: Object.entries(value?.chapters ?? {}).map(([id, checks]) => ({ id, checks })),
    lineOf: (chapter, index) => source.lineOf(['chapters', chapter, ...(index === undefined ? [] : [index])]),
    problems,
  }
}

/**
 * The questions in the order of the course. `listed` are its chapters in that order, `written` those that can be read;
 * null for `listed` where the course cannot tell. A chapter that is not written is left out without complaint.
 */
export function placementQuestions(file: string, parsed: ParsedPlacement, listed: readonly string[] | null, written: ReadonlyMap<string, Chapter>): { questions: PlacementQuestion[]; problems: Problem[] } {
  const problems: Problem[] = [...parsed.problems]
  const complain = (line: number, rule: string, message: string): number => problems.push({ file, line, severity: 'error', rule, message })
  const questions = new Map<string, PlacementQuestion[]>()
  for (const { id, checks } of parsed.chapters) {
    if (listed !== null && !listed.includes(id)) complain(parsed.lineOf(id), 'reference.chapter', `The course does not list the chapter "${id}".`)
    const chapter = written.get(id)
    if (chapter === undefined) continue
    const found = checksOf(chapter)
    const own = checks.flatMap((check, index) => {
      const question = found.get(check)
      if (question === undefined) complain(parsed.lineOf(id, index), 'placement.check', `Chapter "${id}" has no check "${check}". Name one that stands in its text.`)
      else if (checks.indexOf(check) < index) complain(parsed.lineOf(id, index), 'id.duplicate', `"${check}" stands twice in "${id}".`)
      return question ?? []
    })
    // Half a question pair would be judged by half the evidence: such a chapter waits until its line is right.
    if (new Set(own).size === questionsPerChapter) questions.set(id, own)
  }
  const order = listed ?? parsed.chapters.map(({ id }) => id)
  if (parsed.problems.length === 0) {
    for (const id of order) {
      if (written.has(id) && !parsed.chapters.some((chapter) => chapter.id === id)) complain(1, 'placement.missing', `Chapter "${id}" is written and the placement test asks nothing of it. Name ${String(questionsPerChapter)} of its checks.`)
    }
  }
  return { questions: order.flatMap((id) => questions.get(id) ?? []), problems }
}

function checksOf(chapter: Chapter): Map<string, PlacementQuestion> {
  const found = new Map<string, PlacementQuestion>()
  for (const section of chapter.sections) {
    eachBlock(section.blocks, (block) => {
      if (block.t === 'check') found.set(block.check.id, { chapter: chapter.id, section: section.id, check: block.check })
    })
  }
  return found
}

/** How long the test takes, roughly. */
export function placementMinutes(questions: number): number {
  return Math.ceil((questions * secondsPerQuestion) / 60)
}
