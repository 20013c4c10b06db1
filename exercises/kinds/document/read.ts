/** Reads Markdown as the checks see it. Every step is linear in the text, whatever is written. */
import { sentencesOf } from './sentences.ts'
import type { CodeBlock, DocumentText, TextLine, TextSection } from './text.ts'
import { nameOf, plain } from './text.ts'

/** A longer line is read as several. */
const longestLine = 4_000
const leadLevel = 7
/** Lead-ins that part the section above them, as the two sides of consequences do. */
const partLead = /^(?:positives?|negatives?|pros?|cons?|gains?|costs?|benefits?|drawbacks?|advantages?|disadvantages?|upsides?|downsides?|good|bad|trigger|well|not well|preventive|detective|mitigating|corrective)$/

interface Heading {
  level: number
  title: string
  /** Text after a lead-in. */
  rest: string
}

/**
 * Headings, bold lead-ins such as `**Impact:** 31 orders`, and labels such as `Impact: 31 orders` start a section.
 * @param labels names that a plain label may have, so that other words before a colon start none
 */
export function readDocument(markdown: string, labels: readonly string[] = []): DocumentText {
  const sections: TextSection[] = []
  const lines: TextLine[] = []
  const codeBlocks: CodeBlock[] = []
  const known = new Set(labels.map(nameOf))
  let section: TextSection = { name: '', level: 0, line: 1 }
  let fence: { mark: string; block: CodeBlock } | null = null
  /** The item that the next line may belong to, and whether a blank line came between. */
  let item: TextLine | null = null
  let blank = true

  const source = sourceLines(markdown)
  for (const [index, { raw, line }] of source.entries()) {
    if (fence !== null) {
      if (raw.trim().startsWith(fence.mark)) fence = null
      else {
        fence.block.text += `${raw}\n`
        if (raw.trim() !== '') lines.push({ kind: 'code', text: raw.trim(), line, section })
      }
      continue
    }
    const mark = /^\s*(`{3,}|~{3,})/.exec(raw)?.[1]
    if (mark !== undefined) {
      const block = { text: '', line: line + 1, section }
      codeBlocks.push(block)
      fence = { mark, block }
      item = null
      continue
    }
    const heading = headingOf(raw, blank ? undefined : source[index - 1]?.raw, source[index + 1]?.raw, known)
    if (heading !== null) {
      section = { name: nameOf(heading.title), level: heading.level, line }
      sections.push(section)
      item = null
    }
    const rest = heading === null ? raw : heading.rest
    const text = plain(rest)
    const kind = kindOf(rest)
    if (text === '') {
      if (kind === 'row') item = null
      blank = raw.trim() === ''
      continue
    }
    const belongs: boolean = item !== null && kind === 'prose' && heading === null && (!blank || /^\s{2,}/.test(raw))
    if (item !== null && belongs) item.text += ` ${text}`
    else {
      const read: TextLine = { kind, text, line, section }
      lines.push(read)
      item = kind === 'item' ? read : null
    }
    blank = false
  }
  return { sections, lines, sentences: sentencesOf(lines), codeBlocks }
}

function sourceLines(markdown: string): { raw: string; line: number }[] {
  const source = markdown.replaceAll('\r', '').replaceAll(/<!--[\s\S]*?(?:-->|$)/g, (comment) => comment.replaceAll(/[^\n]/g, ''))
  return source.split('\n').flatMap((raw, index) => {
    if (raw.length <= longestLine) return [{ raw, line: index + 1 }]
    return Array.from({ length: Math.ceil(raw.length / longestLine) }, (_, piece) => ({ raw: raw.slice(piece * longestLine, (piece + 1) * longestLine), line: index + 1 }))
  })
}

function headingOf(raw: string, before: string | undefined, after: string | undefined, known: ReadonlySet<string>): Heading | null {
  const hashes = /^ {0,3}(#{1,6})(?=\s)/.exec(raw)?.[1]
  if (hashes !== undefined) return { level: hashes.length, title: raw.trim().slice(hashes.length), rest: '' }
  const isUnderlined = after !== undefined && /^ {0,3}(?:=+|-{3,})\s*$/.test(after) && (before === undefined || before.trim() === '') && kindOf(raw) === 'prose' && raw.trim() !== '' && raw.length < 120
  if (isUnderlined) return { level: after.trim().startsWith('=') ? 1 : 2, title: raw, rest: '' }
  const lead = /^\s*\*\*([^*]{2,60}?)(:?)\*\*(:?)[ \t]*(.*)$/.exec(raw)
  // "**09:10** the deploy" is an entry of a timeline, and "**Twelve customers** wait" a sentence.
  if (lead !== null && !/^\d/.test(lead[1] ?? '') && (lead[2] === ':' || lead[3] === ':' || lead[4] === '')) return { level: leadLevelOf(lead[1] ?? ''), title: lead[1] ?? '', rest: lead[4] ?? '' }
  const label = /^\s{0,3}([\p{L}][\p{L}\p{N} '/-]{1,40}):(?:\s+(.*))?$/u.exec(raw)
  return label !== null && known.has(nameOf(label[1] ?? '')) ? { level: leadLevelOf(label[1] ?? ''), title: label[1] ?? '', rest: label[2] ?? '' } : null
}

function leadLevelOf(title: string): number {
  return partLead.test(nameOf(title)) ? leadLevel + 1 : leadLevel
}

function kindOf(raw: string): 'prose' | 'item' | 'row' {
  const text = raw.replace(/^(?:\s|>)*/, '')
  return /^(?:[-*+]|\d{1,9}[.)])\s/.test(text) ? 'item' : text.startsWith('|') ? 'row' : 'prose'
}
