/** Notes as lists and files show them. */
import type { Chapter, ChapterSummary, Section } from '../../../exercises/content/model.ts'
import { eachBlock } from '../../../exercises/content/walk.ts'
import type { Note } from '../../../exercises/progress/snapshot.ts'
import { plainText } from '../reader/place/chapter-map.ts'

export interface NoteGroup {
  /** `Chapter 7: Databases`, or the id of a chapter that the course no longer has. */
  title: string
  chapter: string
  /** In the order of the text; what has lost its section comes last. */
  notes: Note[]
}

/** Notes that hold every word of `search` in their passage or their text, by chapter. */
export function groupNotes(notes: readonly Note[], chapters: readonly ChapterSummary[], search: string): NoteGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = notes.filter(({ quote, text }) => {
    const own = `${quote}\n${text}`.toLowerCase()
    return words.every((word) => own.includes(word))
  })
  const known = chapters.map(({ id }) => id)
  const lost = [...new Set(found.map(({ chapter }) => chapter))].filter((id) => !known.includes(id))
  return [...known, ...lost].flatMap((id): NoteGroup[] => {
    const own = found.filter(({ chapter }) => chapter === id)
    if (own.length === 0) return []
    const chapter = chapters.find((one) => one.id === id)
    const place = ({ section }: Note): number => {
      const index = chapter?.sections.findIndex((one) => one.id === section) ?? -1
      return index === -1 ? Number.MAX_SAFE_INTEGER : index
    }
    return [{ title: chapterTitle(chapter, id), chapter: id, notes: own.toSorted((a, b) => place(a) - place(b) || a.at - b.at) }]
  })
}

function chapterTitle(chapter: ChapterSummary | undefined, id: string): string {
  if (chapter === undefined) return id
  return chapter.number > 100 ? chapter.title : `Chapter ${String(chapter.number)}: ${chapter.title}`
}

/** The notes as Markdown: a heading for each chapter, the passages as quotations with one's own words under them. */
export function notesMarkdown(groups: readonly NoteGroup[], chapters: readonly ChapterSummary[]): string {
  const parts = groups.map(({ title, chapter, notes }) => {
    const sections = chapters.find(({ id }) => id === chapter)?.sections ?? []
    const entries = notes.map((note) => {
      const section = sections.find(({ id }) => id === note.section)?.title
      const quote = note.quote.split('\n').map((line) => `> ${line}`.trimEnd()).join('\n')
      return [quote, note.text, section === undefined ? '' : `(${section})`].filter(Boolean).join('\n\n')
    })
    return [`## ${title}`, ...entries].join('\n\n')
  })
  return `${['# Notes', ...parts].join('\n\n')}\n`
}

export type NotePlace = 'there' | 'changed' | 'gone'

/** Whether the passage of a note still stands where it was made. Only prose is compared: what figures and checks show depends on what was done with them. */
export function notePlace(chapter: Chapter, note: Note): NotePlace {
  const section = chapter.sections.find(({ id }) => id === note.section)
  if (section === undefined) return 'gone'
  if (prose(section).includes(bare(note.quote))) return 'there'
  return standsOnProse(section, note) ? 'changed' : 'there'
}

function bare(text: string): string {
  return text.replaceAll(/\s+/g, '')
}

function prose(section: Section): string {
  let text = bare(section.title)
  eachBlock(section.blocks, (block) => {
    if (block.t === 'p' || block.t === 'heading') text += bare(plainText(block.c))
  })
  return text
}

/** Whether a note was made on a paragraph, on a heading, or on a block that is no longer there. */
function standsOnProse(section: Section, { block, after }: Note): boolean {
  const index = section.blocks.findIndex((one) => (one.t === 'check' ? one.check.id : 'id' in one ? one.id : '') === block)
  const stood = index === -1 ? undefined : section.blocks[index + after]
  return stood === undefined || stood.t === 'p' || stood.t === 'heading' || stood.t === 'list' || stood.t === 'quote'
}
