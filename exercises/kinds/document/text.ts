/** A Markdown text as the checks see it: lines with their section, and the sentences in them. */

export interface TextSection {
  /** In lower case, without marks; empty for the text before the first heading. */
  name: string
  line: number
}

export interface TextLine {
  kind: 'prose' | 'item' | 'row'
  /** Without the marks of Markdown. */
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

export interface DocumentText {
  sections: TextSection[]
  lines: TextLine[]
  sentences: Sentence[]
}

/** Headings, and lead-ins such as `**Impact:** 31 orders` or `Impact: 31 orders` on a line of their own, start a section. */
export function readDocument(markdown: string): DocumentText {
  const sections: TextSection[] = []
  const lines: TextLine[] = []
  let section: TextSection = { name: '', line: 1 }
  const source = markdown.replaceAll(/<!--[\s\S]*?(-->|$)/g, (comment) => comment.replaceAll(/[^\n]/g, ''))
  for (const [index, raw] of source.split('\n').entries()) {
    const line = index + 1
    const heading = /^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$/.exec(raw)?.[1]
    const lead = /^\s*\*\*([^*]{2,40}?):?\*\*:?\s*(.*)$/.exec(raw)
    let rest = raw
    if (heading !== undefined || lead !== null) {
      section = { name: nameOf(heading ?? lead?.[1] ?? ''), line }
      sections.push(section)
      rest = heading === undefined ? (lead?.[2] ?? '') : ''
    }
    const kind = /^\s*([-*+]|\d+[.)])\s+/.test(rest) ? 'item' : /^\s*\|/.test(rest) ? 'row' : 'prose'
    const text = plain(rest)
    if (text !== '') lines.push({ kind, text, line, section })
  }
  return { sections, lines, sentences: sentencesOf(lines) }
}

/** A heading without marks, numbers and emphasis, for comparing. */
export function nameOf(text: string): string {
  return plain(text).toLowerCase().replaceAll(/[^\p{L}\p{N} ]/gu, ' ').replaceAll(/\s+/g, ' ').trim()
}

function plain(text: string): string {
  if (/^\s*\|?[\s:|-]+\|?\s*$/.test(text)) return ''
  return text
    .replace(/^\s*(>\s*)*([-*+]|\d+[.)])\s+(\[[ x]\]\s+)?/i, '')
    .replace(/^\s*>\s*/, '')
    .replaceAll(/[*_`]{1,3}/g, '')
    .replaceAll('|', ' | ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[\s|]+|[\s|]+$/g, '')
}

/** Lines of a paragraph belong together; an item or a row stands for itself. */
function sentencesOf(lines: readonly TextLine[]): Sentence[] {
  const sentences: Sentence[] = []
  let paragraph: TextLine[] = []
  const close = (): void => {
    let open: { text: string; line: TextLine } | null = null
    for (const line of paragraph) {
      for (const piece of line.text.split(/(?<=[.!?])\s+(?=[\p{Lu}\d"'(])/u)) {
        const start: { text: string; line: TextLine } = open ?? { text: '', line }
        const text = `${start.text} ${piece}`.trim()
        if (/[.!?]["')]?$/.test(piece)) {
          sentences.push({ text, line: start.line.line, kind: start.line.kind, section: start.line.section })
          open = null
        } else open = { text, line: start.line }
      }
    }
    if (open !== null) sentences.push({ text: open.text, line: open.line.line, kind: open.line.kind, section: open.line.section })
    paragraph = []
  }
  for (const line of lines) {
    const before = paragraph.at(-1)
    if (before !== undefined && (line.kind !== 'prose' || before.kind !== 'prose' || line.line !== before.line + 1 || line.section !== before.section)) close()
    paragraph.push(line)
  }
  close()
  return sentences
}

/** Words as people count them: anything with a letter or a digit in it. */
export function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
}

/** Words that hold a sentence together. Keywords in a row have none. */
const joints = new Set(
  'a an the this that these those it its we they he she you i is are was were be been being has have had do does did will would can could may might must should not no of to in on at by for from with until since after before about into and or but so because if when while which who what there our their his her your now'.split(' '),
)

/** Whether a text reads as a sentence: four words or more, of which enough are no keywords. */
export function isSentence(text: string): boolean {
  const words = wordsOf(text).map((word) => word.toLowerCase().replaceAll(/[^\p{L}\p{N}']/gu, ''))
  const held = words.filter((word) => joints.has(word)).length
  return words.length >= 4 && held >= Math.max(1, Math.floor(words.length / 8))
}
