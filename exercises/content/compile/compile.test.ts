import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tasksOf } from '../walk.ts'
import { compileBlocks, compileChapter } from './index.ts'
import { goodChapter, goodWalkthrough } from '../../../test/fixtures/content-sample.ts'
import { inlineText } from './inline.ts'

const compile = (text: string, walkthrough = goodWalkthrough) =>
  compileChapter({ file: 'chapters/07-databases/chapter.md', text, walkthroughs: [{ file: 'chapters/07-databases/walkthroughs/slow.yaml', text: walkthrough }], revision: 'r1' })

const textOf = (markdown: string): string => {
  const { blocks, problems } = compileBlocks({ file: 'a.md', text: markdown, firstLine: 1 })
  expect(problems).toEqual([])
  return blocks.map((block) => (block.t === 'p' ? inlineText(block.c) : block.t)).join('\n')
}

describe('a good chapter', () => {
  const { chapter, problems, references, runnable, diagrams } = compile(goodChapter)
  it('compiles without a problem', () => expect(problems).toEqual([]))
  it('has its head, sections and parts', () => {
    expect(chapter).toMatchObject({ id: 'ch07', number: 7, slug: 'databases', needs: ['ch06'], revision: 'r1' })
    expect(chapter?.sections.map(({ id, title, covers }) => ({ id, title, covers }))).toEqual([
      { id: 'opening', title: 'Opening', covers: [] },
      { id: 'indexes', title: 'What an index costs', covers: ['ch07.sec.indexes', 'ch07.sec.types'] },
      { id: 'locks', title: 'Locks', covers: [] },
    ])
    expect(tasksOf(chapter?.sections[1]?.blocks ?? [])).toEqual({ checks: ['offset-cost', 'pool-rate', 'lock-order'], exercises: ['sql-right-index'], walkthroughs: ['slow'], diagrams: ['anomalies'], figures: [], incidents: [] })
    expect(chapter?.walkthroughs[0]?.stages[0]?.decision.options.map((option) => option.correct)).toEqual([false, true, false])
  })
  it('collects what the validator runs, with lines', () => {
    const lineOf = (needle: string, text = goodChapter): number => text.split('\n').findIndex((line) => line.includes(needle)) + 1
    expect(runnable.filter((block) => block.file.endsWith('.md'))).toEqual([
      { file: 'chapters/07-databases/chapter.md', group: 'indexes', line: lineOf('```sql run=shop plan'), run: { engine: 'sqlite', dataset: 'shop', plan: true }, text: 'SELECT 1', output: { text: '`--SCAN', openLine: lineOf('```output'), closeLine: lineOf('```output') + 2 } },
    ])
    expect(runnable.filter((block) => block.file.endsWith('.yaml')).map(({ line, output }) => [line, output?.openLine])).toEqual([[lineOf('```sql run=shop', goodWalkthrough), lineOf('```output', goodWalkthrough)]])
    expect(diagrams).toEqual([{ file: 'chapters/07-databases/chapter.md', id: 'anomalies', line: lineOf('flowchart LR'), source: 'flowchart LR\n  a --> b' }])
  })
  it('names what only the course can confirm', () => {
    expect(references.map((reference) => `${reference.kind} ${reference.kind === 'chapter' ? reference.chapter : reference.id}`)).toEqual(
      expect.arrayContaining(['chapter ch06', 'skill sql.plans', 'exercise sql-right-index', 'cover ch07.sec.indexes', 'cover ch07.walk.slow']),
    )
  })
  it('keeps the ids of paragraphs while their text stays', () => {
    const ids = (text: string): string[] => compile(text).chapter?.sections.flatMap((section) => section.blocks.flatMap((block) => (block.t === 'p' ? [block.id] : []))) ?? []
    expect(ids(goodChapter.replace('An index is a copy', 'A new first paragraph.\n\nAn index is a copy'))).toEqual(expect.arrayContaining(ids(goodChapter)))
    expect(new Set(ids(`${goodChapter}\nSame.\n\nSame.\n`)).size).toBe(ids(`${goodChapter}\nSame.\n\nSame.\n`).length)
  })
})

describe('colons in prose', () => {
  it.each(['At 14:03 it rang.', 'A 16:9 screen', 'key:value and a:b', "SELECT 'x'::text", 'x :foo y :bar-baz', 'see:here[1]', 'one: two', ':', 'a ::b c', 'std::vector<int>'.replace('<int>', '')])('%s stays as it is', (text) =>
    expect(textOf(text)).toBe(text),
  )
  it('keeps :num and the marks around other colons', () => {
    const { blocks } = compileBlocks({ file: 'a.md', text: 'a:*b* :num[1.66]{from="50 / 30.05"}', firstLine: 1 })
    expect(blocks[0]).toMatchObject({ c: [{ t: 'text', v: 'a:' }, { t: 'em' }, { t: 'text', v: ' ' }, { t: 'num', v: '1.66', from: '50 / 30.05' }] })
  })
  it('leaves every text of words and colons alone', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abz019:'), minLength: 1, maxLength: 8 }).filter((text) => !/^:{2,}|^\d+$/.test(text))
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        expect(textOf(`x ${words.join(' ')}`)).toBe(`x ${words.join(' ')}`)
      }),
    )
  })
})

describe('code', () => {
  it('colours and keeps every character', () => {
    const source = "SELECT count(*) FROM t WHERE a = 'x' -- why\n"
    const { blocks } = compileBlocks({ file: 'a.md', text: `\`\`\`sql title="A count"\n${source}\`\`\``, firstLine: 1 })
    const [code] = blocks
    if (code?.t !== 'code') throw new Error('no code')
    expect(code.title).toBe('A count')
    expect(code.tokens.map((token) => token.text).join('')).toBe(code.text)
    expect(code.tokens).toEqual(expect.arrayContaining([{ text: 'SELECT', kind: 'keyword' }, { text: "'x'", kind: 'string' }, { text: '-- why', kind: 'comment' }]))
  })
})

describe('whatever is typed', () => {
  it('never throws and always gives a line of the file', { timeout: 60_000 }, () => {
    const pieces = ['\n', '\n\n', ':::', '::::', ':', '{#', '}', '"', '- [x] ', '- [ ] ', '1. ', '```', '```sql run', '---', '# ', '## ', '> ', '<b>', '![x](y)', '[a](javascript:x)', '[a]: b', ':num[1]{from="1/0"}', '|', '\\', '\u0000', '\ud800', '&amp;', ':::check{#a type="choice"}\n', '*', '_', '~~', '\t', '[^1]', '%%']
    const edit = fc.record({ at: fc.nat(), cut: fc.nat({ max: 40 }), text: fc.constantFrom(...pieces) })
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), fc.boolean(), (edits, inWalkthrough) => {
        const original = inWalkthrough ? goodWalkthrough : goodChapter
        let text = original
        for (const { at, cut, text: piece } of edits) {
          const place = at % (text.length + 1)
          text = text.slice(0, place) + piece + text.slice(place + cut)
        }
        const { problems } = inWalkthrough ? compile(goodChapter, text) : compile(text)
        const lines = Math.max(text.split('\n').length, goodChapter.split('\n').length) + 1
        for (const problem of problems) expect(problem.line).toBeLessThanOrEqual(lines)
      }),
      { numRuns: 150 },
    )
  })
  it('refuses what nests without end', () => {
    expect(compileBlocks({ file: 'a.md', text: `${'> '.repeat(200)}deep`, firstLine: 1 }).problems.map((problem) => problem.rule)).toEqual(['markdown.depth'])
  })
})
