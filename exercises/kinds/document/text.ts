/** What the checks know about a text: its sections, its lines and the sentences in them. */

export interface TextSection {
  /** In lower case, without marks; empty for the text before the first heading. */
  name: string
  /** 1 to 6 as in Markdown; a bold lead-in or a label counts as 7, one for a part of a section as 8. */
  level: number
  line: number
}

export interface TextLine {
  kind: 'prose' | 'item' | 'row' | 'code'
  /** Without the marks of Markdown. An item holds its continuation lines too. */
  text: string
  /** 1-based. */
  line: number
  section: TextSection
}

export interface Sentence {
  text: string
  line: number
  kind: TextLine['kind']
  section: TextSection
}

export interface CodeBlock {
  text: string
  /** Of its first line inside the fence. */
  line: number
  section: TextSection
}

export interface DocumentText {
  sections: TextSection[]
  lines: TextLine[]
  sentences: Sentence[]
  codeBlocks: CodeBlock[]
}

/** The first section with one of the names: as its whole heading, else at its beginning, else in it. A title is found by its whole name only. */
export function findSection(document: DocumentText, names: readonly string[]): TextSection | null {
  const wanted = names.map(nameOf)
  const title = titleOf(document)
  const ways: readonly ((section: TextSection, one: string) => boolean)[] = [
    ({ name }, one) => name === one,
    (section, one) => section !== title && section.name.startsWith(`${one} `),
    (section, one) => section !== title && ` ${section.name} `.includes(` ${one} `),
  ]
  // The names stand in their order of preference, so that the order of sections decides nothing.
  for (const matches of ways) {
    for (const one of wanted) {
      const found = document.sections.find((section) => matches(section, one))
      if (found !== undefined) return found
    }
  }
  return null
}

/** A single first heading of level 1 above others names the document. */
function titleOf({ sections }: DocumentText): TextSection | null {
  const [first] = sections
  return first?.level === 1 && sections.length > 1 && sections.filter(({ level }) => level === 1).length === 1 ? first : null
}

/** Whether `inner` is the section or stands below it. */
export function isWithin(document: DocumentText, inner: TextSection, outer: TextSection): boolean {
  if (inner === outer) return true
  const from = document.sections.indexOf(outer)
  const at = document.sections.indexOf(inner)
  if (from < 0 || at <= from) return false
  return document.sections.slice(from + 1, at + 1).every(({ level }) => level > outer.level)
}

/** Lines of a section and of those below it. */
export function linesOf(document: DocumentText, section: TextSection | null): TextLine[] {
  if (section === null) return []
  const inside = new Map<TextSection, boolean>()
  return document.lines.filter((line) => {
    const known = inside.get(line.section) ?? isWithin(document, line.section, section)
    inside.set(line.section, known)
    return known
  })
}

/** A heading without marks, numbers and emphasis, for comparing. */
export function nameOf(text: string): string {
  return plain(text).toLowerCase().replaceAll(/[^\p{L}\p{N} ]/gu, ' ').replaceAll(/\s+/g, ' ').replace(/^ ?(?:\d{1,2} )+(?=\p{L})/u, '').trim()
}

/** A line without the marks of Markdown; empty for one that is made of marks only. */
export function plain(text: string): string {
  if (!/[\p{L}\p{N}]/u.test(text)) return ''
  const withoutMarks = text
    .replace(/^(?:\s|>)*/, '')
    .replace(/^(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/, '')
    .replaceAll(/[*`]+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '')
    .replaceAll('|', ' | ')
    .replaceAll(/\s+/g, ' ')
  return trimBars(withoutMarks)
}

/** Without bars and blanks around it; by hand, since a pattern for the end of a line is slow on long runs of them. */
function trimBars(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && (text[from] === ' ' || text[from] === '|')) from += 1
  while (to > from && (text[to - 1] === ' ' || text[to - 1] === '|')) to -= 1
  return text.slice(from, to)
}

/** Words as people count them: anything with a letter or a digit in it. */
export function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
}

/** Words that hold a sentence together. Keywords in a row have none. */
const joints = new Set(
  'a an the this that these those it its we they he she you i is are was were be been being has have had do does did will would can could may might must should not no of to in on at by for from with until since after before about into and or but so because if when while which who what there our their his her your now per than as every each between during through without within any'.split(' '),
)

/** Whether a text reads as a sentence: four words or more, of which enough are no keywords. */
export function isSentence(text: string): boolean {
  const words = wordsOf(text).map((word) => word.toLowerCase().replaceAll(/[^\p{L}\p{N}']/gu, ''))
  const held = words.filter((word) => joints.has(word)).length
  return words.length >= 4 && held >= Math.max(1, Math.floor(words.length / 8))
}

/** Words of a document, headings left out. */
export function countWords(document: DocumentText): number {
  return document.lines.reduce((sum, line) => sum + wordsOf(line.text).length, 0)
}
