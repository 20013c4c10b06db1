import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { compileChapter } from '../../exercises/content/compile/index.ts'
import { checkProse, readSourceTexts } from './check-prose.ts'

const file = 'chapters/01-words/chapter.md'
const check = (id: string): string => `:::check{#${id} type="choice"}\nWhich one is it?\n\n- [ ] First\n\n  Not this.\n- [x] Second\n\n  This one.\n- [ ] Third\n\n  Not this.\n:::\n`
const checks = Array.from({ length: 10 }, (_, index) => check(`c-${index}`)).join('\n')
const sentence = 'The pool of one pod holds ten of the links that go to the store.'
const paragraph = Array.from({ length: 20 }, () => sentence).join(' ')
const prose = Array.from({ length: 10 }, (_, index) => `${paragraph} And ${index}.`).join('\n\n')
const head = '---\nid: ch01\nnumber: 1\ntitle: Words\nquestion: How many?\nobjectives: [Count]\n---\n\n## One {#one}\n\n'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'prose-'))
  mkdirSync(join(dir, 'chapters/01-words'), { recursive: true })
})
afterEach(() => rmSync(dir, { recursive: true }))

function problems(body: string, sources: string[] | null = null): string[] {
  const text = `${head}${body}`
  writeFileSync(join(dir, file), text)
  const { chapter } = compileChapter({ file, text, walkthroughs: [] })
  if (chapter === null) throw new Error('the sample does not compile')
  return checkProse({ contentDir: dir, chapters: [chapter], sources }).map(({ line, rule }) => `${line} ${rule}`)
}

it('has nothing against a chapter within bounds', () => expect(problems(`${checks}\n\n${prose}\n`)).toEqual([]))
it('counts words and checks', () => {
  expect(problems(`${checks}\n\nToo short.\n`)).toEqual(['1 prose.words'])
  expect(problems(`${prose}\n`)).toEqual(['1 prose.checks'])
  expect(problems(`${checks}\n\n${prose}\n\n${prose.replaceAll('And', 'Or')}\n`)).toEqual(['1 prose.words'])
})
it('names a long sentence at its line', () => {
  const long = `Here ${Array.from({ length: 46 }, () => 'a').join(' ')} ends.`
  expect(problems(`${checks}\n\n${prose}\n\n${long}\n`)).toEqual([`${`${head}${checks}\n\n${prose}\n\n`.split('\n').length} prose.long-sentence`])
})
it('names a section whose sentences are long or hard', () => {
  const run = Array.from({ length: 24 }, () => 'pod').join(' ')
  expect(problems(`${checks}\n\n${prose}\n\n## Two {#two}\n\n${`${run}. `.repeat(5)}\n`).map((found) => found.slice(found.indexOf(' ') + 1))).toEqual(['prose.sentences'])
  const hard = 'Organisational accountability necessitates comprehensive communication regarding infrastructural modifications. '
  expect(problems(`${checks}\n\n${prose}\n\n## Two {#two}\n\n${hard.repeat(9)}\n`).map((found) => found.slice(found.indexOf(' ') + 1))).toEqual(['prose.grade'])
})
it('asks a block that could run where it is from', () => {
  expect(problems(`${checks}\n\n${prose}\n\n\`\`\`ts\nconst a = 1\n\`\`\`\n`).map((found) => found.slice(found.indexOf(' ') + 1))).toEqual(['code.unproved'])
  expect(problems(`${checks}\n\n${prose}\n\n\`\`\`ts title="Written for this page"\nconst a = 1\n\`\`\`\n`)).toEqual([])
})
it('finds what stands in a source', () => {
  expect(problems(`${checks}\n\n${prose}\n`, ['of one pod holds ten of the links that'])).not.toEqual([])
  expect(problems(`${checks}\n\n${prose}\n`, ['something else'])).toEqual([])
  expect(readSourceTexts(join(dir, 'none'))).toBeNull()
})
