import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GlossaryTerm } from './glossary-term.ts'
import { parseGlossary } from './glossary.ts'
import { markTerms, termMatcher } from './mark-terms.ts'
import type { Block, Inline } from './model.ts'

const term = (fields: Partial<GlossaryTerm> & { id: string }): GlossaryTerm => ({ term: fields.id, also: [], means: 'Something.', chapter: 'ch01', hover: 'always', see: [], ...fields })
const paragraph = (...c: Inline[]): Block => ({ t: 'p', id: 'p', c })
const text = (v: string): Inline => ({ t: 'text', v })
const plain = (blocks: readonly Block[]): string => blocks.map((block) => (block.t === 'p' ? block.c.map((inline) => ('v' in inline ? inline.v : '')).join('') : '')).join('\n')
const marked = (blocks: readonly Block[]): string[] => blocks.flatMap((block) => (block.t === 'p' ? block.c.flatMap((inline) => (inline.t === 'term' ? [inline.id] : [])) : []))

describe('marking terms', () => {
  const terms = [term({ id: 'lag' }), term({ id: 'replication-lag', term: 'replication lag' }), term({ id: 'p99', also: ['p95'] }), term({ id: 'prompt', hover: 'chapter', chapter: 'ch11' }), term({ id: 'page', hover: 'never' })]

  it('marks the first use only, the longest spelling first, as whole words in any case', () => {
    const blocks = [paragraph(text('Replication lag is a lag. Lagging p95, then p99.')), paragraph(text('lag'))]
    const result = markTerms(blocks, termMatcher(terms, 'ch01'))
    expect(marked(result)).toEqual(['replication-lag', 'lag', 'p99'])
    expect(plain(result)).toBe(plain(blocks))
  })

  it('leaves code, links and questions alone', () => {
    const blocks: Block[] = [paragraph({ t: 'code', v: 'lag' }, { t: 'link', href: '/x', external: false, c: [text('lag')] }), { t: 'heading', depth: 3, id: 'h', c: [text('lag')] }]
    expect(markTerms(blocks, termMatcher(terms, 'ch01'))).toEqual(blocks)
  })

  it('knows an acronym in capitals only', () => {
    const matcher = termMatcher([term({ id: 'use', term: 'USE method', also: ['USE'] })], 'ch06')
    expect(marked(markTerms([paragraph(text('Use it; the use of USE.'))], matcher))).toEqual(['use'])
    expect(marked(markTerms([paragraph(text('The use method'))], matcher))).toEqual(['use'])
  })

  it('marks a word with other meanings in its own chapter only', () => {
    const of = (chapter: string): string[] => marked(markTerms([paragraph(text('The prompt on the page'))], termMatcher(terms, chapter)))
    expect([of('ch11'), of('ch01')]).toEqual([['prompt'], []])
  })

  it('never changes what is read', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        const blocks = texts.map((v) => paragraph(text(v)))
        expect(plain(markTerms(blocks, termMatcher(terms, 'ch11')))).toBe(plain(blocks))
      }),
    )
  })
})

describe('a glossary file', () => {
  it('sorts its terms, and names a spelling that two claim and a reference to nothing', () => {
    const { terms, problems } = parseGlossary('glossary.yaml', 'terms:\n  - { id: b, term: Bee, also: [x], means: A., chapter: ch01, see: [gone] }\n  - { id: a, term: ant, also: [X], means: B., chapter: ch01 }\n')
    expect(terms.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(problems.map(({ line, rule }) => [line, rule])).toEqual([[2, 'glossary.unknown'], [3, 'glossary.duplicate']])
  })

  it('says why a malformed one cannot be read, and gives none of it', () => {
    expect(parseGlossary('glossary.yaml', 'terms: [')).toMatchObject({ terms: [], problems: [{ rule: 'yaml.malformed' }] })
  })
})
