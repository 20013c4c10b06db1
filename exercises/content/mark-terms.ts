/** Marks the first use of each glossary term in a section, so that its definition can be shown there. */
import type { GlossaryTerm } from './glossary-term.ts'
import type { Block, Inline } from './model.ts'

/** Finds terms in running text. */
export interface TermMatcher {
  /** One expression for all spellings, longest first, as whole words. */
  readonly pattern: RegExp | null
  /** Ids by spelling: in capitals where it is written in capitals only, since `USE` is a method and `use` is not. */
  readonly byName: ReadonlyMap<string, string>
}

/** The matcher of one chapter: terms that come up everywhere, and those of this chapter only. */
export function termMatcher(terms: readonly GlossaryTerm[], chapter: string): TermMatcher {
  const byName = new Map<string, string>()
  for (const { id, term, also, hover, chapter: own } of terms) {
    if (hover === 'never' || (hover === 'chapter' && own !== chapter)) continue
    for (const name of [term, ...also]) byName.set(spelling(name), id)
  }
  const names = [...byName.keys()].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
  if (names.length === 0) return { pattern: null, byName }
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
  return { pattern: new RegExp(`(?<![\\w-])(?:${escaped.join('|')})(?![\\w-])`, 'gi'), byName }
}

/** Words in capitals are themselves only in capitals; others in any case. */
function spelling(name: string): string {
  return /[a-z]/.test(name) ? name.toLowerCase() : name
}

/**
 * The blocks with the first use of each term marked. Code, links, headings, tables' heads and questions stay as they are: a definition there would
 * be in the way, or give an answer away. Blocks without a term are returned as they came.
 */
export function markTerms(blocks: readonly Block[], matcher: TermMatcher): Block[] {
  const used = new Set<string>()
  return matcher.pattern === null ? [...blocks] : blocks.map((block) => markBlock(block, matcher, used))
}

function markBlock(block: Block, matcher: TermMatcher, used: Set<string>): Block {
  switch (block.t) {
    case 'p':
      return { ...block, c: markInlines(block.c, matcher, used) }
    case 'list':
      return { ...block, items: block.items.map((item) => item.map((inner) => markBlock(inner, matcher, used))) }
    case 'quote':
    case 'callout':
      return { ...block, c: block.c.map((inner) => markBlock(inner, matcher, used)) }
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map((cell) => markInlines(cell, matcher, used))) }
    default:
      return block
  }
}

function markInlines(inlines: readonly Inline[], matcher: TermMatcher, used: Set<string>): Inline[] {
  return inlines.flatMap((inline): Inline[] => {
    if (inline.t === 'text') return markText(inline.v, matcher, used)
    if (inline.t === 'em' || inline.t === 'strong') return [{ ...inline, c: markInlines(inline.c, matcher, used) }]
    return [inline]
  })
}

function markText(text: string, { pattern, byName }: TermMatcher, used: Set<string>): Inline[] {
  const parts: Inline[] = []
  let from = 0
  for (const match of pattern === null ? [] : text.matchAll(pattern)) {
    const id = byName.get(match[0]) ?? byName.get(match[0].toLowerCase())
    if (id === undefined || used.has(id)) continue
    used.add(id)
    if (match.index > from) parts.push({ t: 'text', v: text.slice(from, match.index) })
    parts.push({ t: 'term', v: match[0], id })
    from = match.index + match[0].length
  }
  if (from < text.length || parts.length === 0) parts.push({ t: 'text', v: text.slice(from) })
  return parts
}
