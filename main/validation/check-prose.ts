/** What is asked of a chapter's text beside being right: its length, its checks, its sentences, and that it is our own. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Block, Chapter } from '../../exercises/content/model.ts'
import { passagesOf, passagesOfWalkthrough, wordsOfChapter, countWords } from '../../exercises/content/prose/passages.ts'
import type { Passage } from '../../exercises/content/prose/passages.ts'
import { readabilityOf, sentencesOf } from '../../exercises/content/prose/readability.ts'
import { sharedRun, shinglesOf } from '../../exercises/content/prose/shingles.ts'
import { eachBlock, tasksOf } from '../../exercises/content/walk.ts'
import type { Problem } from '../../exercises/core/problem.ts'
import { readSource } from '../services/library/source-files.ts'

/** Bounds on a chapter's text: docs/authoring.md gives the reasons. */
const bounds = { fewestWords: 2_500, mostWords: 4_500, fewestChecks: 10, wordsPerSentence: 22, longestSentence: 45, grade: 12 }
/** A section with less prose than this has no average worth naming. */
const fewestMeasuredWords = 60
/** Languages of which a page shows only what ran, or says where it is from. */
const executed = new Set(['sql', 'pgsql', 'promql', 'logql', 'ts', 'typescript', 'js', 'javascript'])

export interface ProseOptions {
  contentDir: string
  chapters: readonly Chapter[]
  /** Texts that no passage may be taken from; null where they are not at hand. */
  sources: readonly string[] | null
}

/** The texts of a folder, whatever they are called; null when there is no such folder. */
export function readSourceTexts(folder: string): string[] | null {
  try {
    return readdirSync(folder).filter((name) => /\.(txt|md)$/.test(name)).map((name) => readFileSync(join(folder, name), 'utf8'))
  } catch {
    return null
  }
}

/** Checks every chapter; what stands after the chapters is bound by the sentences only. */
export function checkProse({ contentDir, chapters, sources }: ProseOptions): Problem[] {
  const shingles = sources === null ? null : shinglesOf(sources)
  return chapters.flatMap((chapter) => {
    const folder = chapter.id.startsWith('apx-') ? 'appendices' : 'chapters'
    const base = `${folder}/${String(chapter.number).padStart(2, '0')}-${chapter.slug}`
    return new ChapterProse(chapter, base, contentDir, shingles).problems()
  })
}

class ChapterProse {
  private readonly chapter: Chapter
  private readonly base: string
  private readonly contentDir: string
  private readonly shingles: ReadonlySet<string> | null
  private readonly found: Problem[] = []

  constructor(chapter: Chapter, base: string, contentDir: string, shingles: ReadonlySet<string> | null) {
    this.chapter = chapter
    this.base = base
    this.contentDir = contentDir
    this.shingles = shingles
  }

  problems(): Problem[] {
    const { chapter } = this
    const main = new SourceLines(this.contentDir, `${this.base}/chapter.md`)
    if (!chapter.id.startsWith('apx-')) this.checkSize(main)
    for (const section of chapter.sections) {
      const line = main.lineOf(`{#${section.id}`)
      this.checkSection(section.title, passagesOf(section.blocks), main, line)
      this.checkCode(section.blocks, main, line)
    }
    for (const walkthrough of chapter.walkthroughs) {
      const file = new SourceLines(this.contentDir, `${this.base}/walkthroughs/${walkthrough.id}.yaml`)
      this.checkSection(walkthrough.title, passagesOfWalkthrough(walkthrough), file, 1)
    }
    return this.found
  }

  private report(file: SourceLines, line: number, rule: string, message: string): void {
    this.found.push({ file: file.name, line, severity: 'error', rule, message })
  }

  private checkSize(main: SourceLines): void {
    const words = wordsOfChapter(this.chapter)
    if (words < bounds.fewestWords || words > bounds.mostWords) this.report(main, 1, 'prose.words', `The chapter has ${words} words of its own; ${bounds.fewestWords} to ${bounds.mostWords} are asked for.`)
    const checks = this.chapter.sections.reduce((sum, { blocks }) => sum + tasksOf(blocks).checks.length, 0)
    if (checks < bounds.fewestChecks) this.report(main, 1, 'prose.checks', `The chapter has ${checks} checks; at least ${bounds.fewestChecks} are asked for.`)
  }

  private checkSection(title: string, passages: readonly Passage[], file: SourceLines, line: number): void {
    for (const { text } of passages) {
      for (const sentence of sentencesOf(text)) {
        const words = countWords(sentence)
        if (words > bounds.longestSentence) this.report(file, file.lineOfSentence(sentence, line), 'prose.long-sentence', `A sentence of ${words} words, where ${bounds.longestSentence} are the most: "${sentence.slice(0, 60)}...".`)
        const run = this.shingles === null ? null : sharedRun(sentence, this.shingles)
        if (run !== null) this.report(file, file.lineOfSentence(sentence, line), 'prose.shared', `These eight words in a row stand in a source too: "${run}". Say it in words of your own.`)
      }
    }
    const { words, wordsPerSentence, grade } = readabilityOf(passages.map(({ text }) => text))
    if (words < fewestMeasuredWords) return
    if (wordsPerSentence > bounds.wordsPerSentence) this.report(file, line, 'prose.sentences', `The sentences of "${title}" have ${wordsPerSentence.toFixed(1)} words on average; ${bounds.wordsPerSentence} are the most.`)
    if (grade > bounds.grade) this.report(file, line, 'prose.grade', `"${title}" reads at grade ${grade.toFixed(1)} (Flesch-Kincaid); ${bounds.grade} is the most. Shorter sentences and plainer words bring it down.`)
  }

  private checkCode(blocks: readonly Block[], main: SourceLines, line: number): void {
    eachBlock(blocks, (block) => {
      if (block.t !== 'code' || block.run !== undefined || block.title !== undefined || !executed.has(block.lang)) return
      this.report(main, main.lineOfSentence(block.text, line), 'code.unproved', `A "${block.lang}" block that is not run says in its title where it is from, such as title="Recorded from PostgreSQL 17.9", or runs.`)
    })
  }
}

/** A source file, to find the line at which something that was compiled from it stands. */
class SourceLines {
  readonly name: string
  private readonly lines: readonly string[]

  constructor(contentDir: string, name: string) {
    this.name = name
    const read = readSource(contentDir, name)
    this.lines = 'source' in read ? read.source.text.split('\n') : []
  }

  /** The first line, from one on, that holds a text; `from` when none does. */
  lineOf(text: string, from = 1): number {
    const at = this.lines.findIndex((line, index) => index >= from - 1 && line.includes(text))
    return at < 0 ? from : at + 1
  }

  /** Where a sentence begins, roughly: marks and line ends stand between its words. */
  lineOfSentence(sentence: string, from: number): number {
    const words = sentence.split(/\s+/)
    for (let length = 5; length >= 2; length -= 1) {
      for (let at = 0; at + length <= Math.min(words.length, 16); at += 1) {
        const line = this.lineOf(words.slice(at, at + length).join(' '), from)
        if (line !== from) return line
      }
    }
    return from
  }
}
