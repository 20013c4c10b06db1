import { describe, expect, it } from 'vitest'
import type { GlossaryTerm } from '../../../exercises/content/glossary-term.ts'
import { byLetter, findTerms } from './find-terms.ts'

const term = (id: string, means: string, also: string[] = [], chapter = 'ch08'): GlossaryTerm => ({ id, term: id, also, means, chapter, hover: 'always', see: [] })
const terms = [term('backoff', 'Waiting longer before each retry.'), term('p99', 'A percentile.', [], 'ch06'), term('retry', 'Sending again.', ['retries'])]

describe('finding terms', () => {
  it('puts those that are spelled so before those that speak of it', () => {
    expect(findTerms(terms, ' RETR ', '').map(({ id }) => id)).toEqual(['retry', 'backoff'])
  })

  it('takes a word from its beginning, and from its middle only where nothing else is found', () => {
    const more = [term('index', 'A sorted or hashed copy of columns.'), term('load shedding', 'Refusing work early.')]
    expect(findTerms(more, 'shed', '').map(({ id }) => id)).toEqual(['load shedding'])
    expect(findTerms(more, 'ashed', '').map(({ id }) => id)).toEqual(['index'])
  })

  it('keeps to a chapter, and shows all for no words', () => {
    expect(findTerms(terms, '', 'ch06').map(({ id }) => id)).toEqual(['p99'])
    expect(findTerms(terms, '', '')).toEqual(terms)
    expect(findTerms(terms, 'nothing like it', '')).toEqual([])
  })

  it('groups by letter, once each', () => {
    expect(byLetter([...terms, term('429', 'A status.')]).map(({ letter, terms: group }) => [letter, group.length])).toEqual([['B', 1], ['P', 1], ['R', 1], ['#', 1]])
  })
})
