import { describe, expect, it } from 'vitest'
import { compileBlocks, compileChapter } from '../compile/index.ts'
import { goodChapter, goodWalkthrough } from '../../../test/fixtures/content-sample.ts'
import { passagesOf, wordsOfChapter } from './passages.ts'
import { readabilityOf, sentencesOf, syllablesOf } from './readability.ts'
import { sharedRun, shinglesOf } from './shingles.ts'

const passages = (markdown: string): string[] => passagesOf(compileBlocks({ file: 'a.md', text: markdown, firstLine: 1 }).blocks).map(({ text }) => text)

describe('sentences', () => {
  it.each([
    ['One. Two? Three.', ['One.', 'Two?', 'Three.']],
    ['At 1.66 s, e.g. now, it ends. So.', ['At 1.66 s, e.g. now, it ends.', 'So.']],
    ['It says "no." Then it stops', ['It says "no."', 'Then it stops']],
    ['Read node.js and v2.1 at 14:03.', ['Read node.js and v2.1 at 14:03.']],
    ['', []],
  ])('%s', (text, expected) => expect(sentencesOf(text)).toEqual(expected))
  it('take code as one word and leave fences and tables out', () =>
    expect(passages('Run `kubectl get pods -n shop` **now**.\n\n```sql\nSELECT 1\n```\n\n| a |\n|---|\n| long |\n\n- an item\n')).toEqual(['Run code now.', 'an item']))
})

describe('reading level', () => {
  it.each([['cat', 1], ['table', 2], ['database', 3], ['latency', 3], ['stopped', 1], ['needed', 2], ['services', 3], ['caches', 2], ['query', 2], ['1,200', 1], ['high-level', 3]])('%s has %i syllables', (word, count) => expect(syllablesOf(word)).toBe(count))
  it('is low for short words and high for long ones', () => {
    const easy = readabilityOf(['The cat sat on the mat. It saw a dog.'])
    const hard = readabilityOf(['Organisational accountability necessitates comprehensive interdepartmental communication regarding infrastructural modifications.'])
    expect(easy).toMatchObject({ words: 10, sentences: 2, wordsPerSentence: 5 })
    expect(easy.grade).toBeLessThan(3)
    expect(hard.grade).toBeGreaterThan(20)
  })
  it('leaves labels out', () => expect(readabilityOf(['a label', 'A sentence.'])).toMatchObject({ words: 2, sentences: 1 }))
})

it('counts the words of a chapter without options, tables and pictures', () => {
  const count = (text: string): number => {
    const { chapter } = compileChapter({ file: 'chapters/07-databases/chapter.md', text, walkthroughs: [{ file: 'chapters/07-databases/walkthroughs/slow.yaml', text: goodWalkthrough }] })
    return chapter === null ? 0 : wordsOfChapter(chapter)
  }
  const before = count(goodChapter)
  expect(count(goodChapter.replace('Only with a cursor.', 'Only with a cursor of a kind that nobody has.'))).toBe(before)
  expect(count(goodChapter.replace('- a list', '- a list of four more words'))).toBe(before + 4)
})

it('finds eight words in a row that another text has', () => {
  const shingles = shinglesOf(['The quick brown fox jumps over the lazy dog, they say.'])
  expect(sharedRun('So the QUICK brown fox: jumps over the lazy cat', shingles)).toBe('the quick brown fox jumps over the lazy'.split(' ').slice(0, 8).join(' '))
  expect(sharedRun('The quick brown fox jumps over a lazy dog', shingles)).toBeNull()
})
