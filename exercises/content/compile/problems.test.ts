/** Every complaint that the compiler can make: its rule, and the line it points at. */
import { describe, expect, it } from 'vitest'
import { goodChapter, goodWalkthrough } from '../../../test/fixtures/content-sample.ts'
import { checkReferences, compileBlocks, compileChapter } from './index.ts'

const chapterFile = 'chapters/07-databases/chapter.md'
const walkthroughFile = 'chapters/07-databases/walkthroughs/slow.yaml'

const problemsOf = (chapter: string, walkthrough = goodWalkthrough): string[] =>
  compileChapter({ file: chapterFile, text: chapter, walkthroughs: [{ file: walkthroughFile, text: walkthrough }] }).problems.map(({ file, line, rule }) => `${file}:${line} ${rule}`)

/** The line of the first occurrence of `needle`, 1-based. */
const lineIn = (text: string, needle: string): number => {
  const at = text.indexOf(needle)
  if (at < 0) throw new Error(`no "${needle}" in the text`)
  return text.slice(0, at).split('\n').length
}

/** In the good chapter `from` becomes `to`; exactly these rules are reported, each at the line of its needle. */
type Case = [name: string, from: string, to: string, expected: [rule: string, needle: string][]]

const inFrontmatter: Case[] = [
  ['no frontmatter', goodChapter.slice(0, goodChapter.indexOf('Two facts')), '# Title\n\n', [['frontmatter.missing', '#'], ['heading.level', '# Title']]],
  ['frontmatter that is not YAML', 'objectives: [Read a plan]', 'objectives: [Read a plan', [['frontmatter.malformed', 'needs: [ch06]']]],
  ['an unknown key', 'number: 7', 'number: 7\ncolour: red', [['schema.unknown-key', 'colour']]],
  ['a wrong type', 'number: 7', 'number: seven', [['schema.invalid', 'number: seven']]],
  ['a missing key', 'question: Which of the two do you fix first?\n', '', [['schema.invalid', 'id: ch07']]],
  ['a key that stands twice', 'number: 7', 'number: 7\nnumber: 8', [['frontmatter.malformed', 'number: 8']]],
  ['a number that is not the id', 'number: 7', 'number: 8', [['chapter.number', 'number: 8']]],
]

const inText: Case[] = [
  ['a section without id', '## Locks {#locks}', '## Locks', [['section.no-id', '## Locks'], ['link.broken', '[locks](#locks)'], ['link.broken', 'walkthrough']]],
  ['a section with odd attributes', '{#indexes covers="ch07.sec.indexes ch07.sec.types"}', '{indexes}', [['heading.attributes', '{indexes}'], ['section.no-id', '{indexes}']]],
  ['an id of the wrong form', '{#anomalies ', '{#Anomalies ', [['id.form', '{#Anomalies']]],
  ['an id used twice', '{#anomalies ', '{#indexes ', [['id.duplicate', '{#indexes title']]],
  ['HTML', 'Two facts', 'Two <b>facts</b>', [['html.refused', '<b>'], ['html.refused', '<b>']]],
  ['an HTML block', 'Two facts', '<script>\nalert(1)\n</script>\n\nTwo facts', [['html.refused', '<script>']]],
  ['an image', 'Two facts', 'Two ![a dog](https://example.org/dog.png) facts', [['image.refused', '![a dog]']]],
  ['a javascript link', '(https://sqlite.org/lang.html)', '(javascript:alert(1))', [['link.scheme', 'javascript:']]],
  ['a data link', '(https://sqlite.org/lang.html)', '(data:text/html;base64,xx)', [['link.scheme', 'data:']]],
  ['an unencrypted link', '(https://sqlite.org/lang.html)', '(http://sqlite.org)', [['link.scheme', 'http:']]],
  ['a link to a file', '(https://sqlite.org/lang.html)', '(../other.md)', [['link.broken', '../other.md']]],
  ['a link to a missing section', '(#locks) and', '(#lokcs) and', [['link.broken', '#lokcs']]],
  ['a footnote', 'Two facts', 'Two[^1] facts\n\n[^1]: note', [['markdown.unsupported', 'Two[^1]'], ['markdown.unsupported', '[^1]: note']]],
  ['a number that does not recompute', ':num[1.66]', ':num[1.67]', [['num.wrong', ':num']]],
  ['a number without expression', '{from="50 / 30.05"}', '', [['num.expression', ':num']]],
  ['an expression that has no value', 'from="50 / 30.05"', 'from="50 / oops"', [['num.expression', ':num']]],
  ['a misspelt text directive', ':num[1.66]', ':nun[1.66]', [['directive.unknown', ':nun']]],
  ['a heading of the wrong level', '### Under', '##### Under', [['heading.level', '##### Under']]],
  ['an unknown container', ':::callout{', ':::calout{', [['directive.unknown', ':::calout']]],
  ['an unknown leaf', '::exercise{', '::exercize{', [['directive.unknown', '::exercize']]],
  ['a leaf written as a container', '::exercise{#sql-right-index}', ':::exercise{#sql-right-index}\n:::', [['directive.unknown', ':::exercise']]],
  ['an attribute that does not exist', '{check="offset-cost"}', '{check="offset-cost" colour="red"}', [['directive.attribute', 'colour']]],
  ['an attribute that is missing', ' title="Which level stops what"', '', [['directive.attribute', ':::diagram']]],
  ['a label', '::exercise{#sql', '::exercise[label]{#sql', [['directive.label', '::exercise[label]']]],
  ['a container that is not closed', '- A book, second edition, chapter 3.\n:::', '- A book, second edition, chapter 3.', [['directive.unclosed', ':::references']]],
  ['colons that close nothing', '## Locks {#locks}\n', '## Locks {#locks}\n\n:::\n', [['directive.malformed', '\n:::\n\n- a list'.slice(1)]]],
  ['a space before the brace', ':::callout{', ':::callout {', [['directive.malformed', ':::callout {']]],
  ['an unknown callout', 'kind="wrong"', 'kind="joke"', [['directive.attribute', 'kind="joke"']]],
  ['an empty callout', 'Offsets are free.\n', '', [['callout.empty', ':::callout']]],
  ['a reference of two paragraphs', '- A book, second edition, chapter 3.', '- A book\n\n  second', [['references.form', '- A book']]],
  ['references that are no list', '- A book, second edition, chapter 3.', 'A book', [['references.form', 'A book']]],
  ['boxes outside a check', '- a list', '- [ ] a list', [['markdown.unsupported', '- [ ] a list']]],
  ['a check inside a quote', '> A quote.', '> :::check{#q type="choice"}\n> :::', [['directive.place', '> :::check']]],
  ['an exercise placed twice', '## Locks {#locks}\n', '## Locks {#locks}\n\n::exercise{#sql-right-index}\n', [['id.duplicate', '\n::exercise{#sql-right-index}\n\n- a list'.slice(1)]]],
  ['an unknown figure', ':::callout{', ':::figure{#f type="pie" title="T" ask="A"}\nWords.\n:::\n\n:::callout{', [['figure.type', ':::figure']]],
  ['a figure without words', ':::callout{', ':::figure{#f type="amdahl" title="T" ask="A"}\n:::\n\n:::callout{', [['figure.description', ':::figure']]],
  ['a goal that the figure cannot notice', ':::callout{', ':::figure{#f type="amdahl" title="T" ask="A" goal="joy >= 3"}\nWords.\n:::\n\n:::callout{', [['figure.goal', ':::figure']]],
  ['a figure that asks nothing', ':::callout{', ':::figure{#f type="amdahl" title="T"}\nWords.\n:::\n\n:::callout{', [['directive.attribute', ':::figure']]],
  ['an incident placed twice', '## Locks {#locks}\n', '## Locks {#locks}\n\n::incident{#slow-leak}\n\nAgain.\n\n::incident{#slow-leak}\n', [['id.duplicate', '\n::incident{#slow-leak}\n\n- a list'.slice(1)]]],
  ['an unknown walkthrough', '::walkthrough{#slow}', '::walkthrough{#slaw}', [['walkthrough.unused', '---'], ['walkthrough.unknown', '#slaw']]],
]

const inChecks: Case[] = [
  ['no right option', '- [x] 10,000 rows.', '- [ ] 10,000 rows.', [['check.no-answer', ':::check{#offset-cost']]],
  ['two right options', '- [ ] Ten rows.', '- [x] Ten rows.', [['check.many-answers', ':::check{#offset-cost']]],
  ['an option without explanation', '- [ ] Ten rows.\n\n  It looks so.', '- [ ] Ten rows.', [['check.no-explanation', '- [ ] Ten rows.']]],
  ['two options', '- [ ] Ten rows.\n\n  It looks so.\n', '', [['check.too-few-options', ':::check{#offset-cost']]],
  ['an option without box', '- [ ] Ten rows.', '- Ten rows.', [['check.option', '- Ten rows.']]],
  ['an explanation that is not indented', '  Only with a cursor.', 'Only with a cursor.', [['check.no-explanation', '- [ ] One page.'], ['check.trailing', '\nOnly with'.slice(1)]]],
  ['no question', 'What does page 1,000 cost?\n', '', [['check.no-prompt', ':::check{#offset-cost']]],
  ['an unknown type', 'type="choice"', 'type="guess"', [['check.type', 'type="guess"']]],
  ['no id', '{#offset-cost type', '{type', [['directive.attribute', ':::check{type'], ['after.unknown-check', '::::after']]],
  ['no number', ' answer="1.66"', '', [['check.no-answer', '#pool-rate']]],
  ['a number that is none', 'answer="1.66"', 'answer="many"', [['check.no-answer', '#pool-rate']]],
  ['a tolerance below zero', 'tolerance="0.02"', 'tolerance="-1"', [['directive.attribute', '#pool-rate']]],
  ['a number without explanation', '---\n\n50 / 30.05.\n', '', [['check.no-explanation', '#pool-rate']]],
  ['an answer where none belongs', 'type="order"', 'type="order" answer="3"', [['directive.attribute', '#lock-order']]],
  ['two items to order', '3. Third\n', '', [['check.too-few-options', '#lock-order']]],
  ['a rule that became a heading', 'How many?\n\n---', 'How many?\n---', [['check.no-explanation', '#pool-rate'], ['heading.level', 'How many?']]],
  ['text folded behind no check', 'check="offset-cost"', 'check="offset-coast"', [['after.unknown-check', '::::after']]],
]

const inCode: Case[] = [
  ['a diagram without words', '\na leads to b.\n', '', [['diagram.description', ':::diagram']]],
  ['a diagram without picture', '```mermaid\nflowchart LR\n  a --> b\n```\n', '', [['diagram.source', ':::diagram']]],
  ['a picture without diagram', '## Locks {#locks}\n', '## Locks {#locks}\n\n```mermaid\npie\n```\n', [['diagram.bare', '```mermaid\npie']]],
  ['an unknown language', '```sql run=shop plan', '```cobol', [['code.language', '```cobol']]],
  ['a fence that says something odd', 'sql run=shop plan', 'sql run=shop plam', [['code.info', '```sql']]],
  ['a fence that does not parse', 'sql run=shop plan', 'sql run=shop title=', [['code.info', '```sql']]],
  ['plan without run', 'sql run=shop plan', 'sql plan', [['code.info', '```sql']]],
  ['a language that does not run', 'sql run=shop plan', 'python run', [['code.not-runnable', '```python']]],
  ['a dataset for PostgreSQL', 'sql run=shop plan', 'pgsql run=shop', [['code.dataset', '```pgsql']]],
  ['a query at no time', 'sql run=shop plan', 'promql run=slow-leak', [['code.incident', '```promql']]],
  ['a line of the terminal before the page', 'sql run=shop plan', 'sh run=slow-leak at=-2', [['code.incident', '```sh']]],
  ['a program with a target', 'sql run=shop plan', 'ts run=shop', [['code.info', '```ts']]],
  ['a time without run', 'sql run=shop plan', 'logql at=3', [['code.info', '```logql']]],
  ['output of nothing', '```sql run=shop plan\nSELECT 1\n```\n', '', [['code.orphan-output', '```output']]],
]

describe.each([
  ['frontmatter', inFrontmatter],
  ['text', inText],
  ['checks', inChecks],
  ['code and diagrams', inCode],
])('%s', (_, cases) => {
  it.each(cases)('%s', (_name, from, to, expected) => {
    expect(goodChapter).toContain(from)
    const text = goodChapter.replace(from, () => to)
    const wanted = expected.map(([rule, needle]) => (needle === 'walkthrough' ? `${walkthroughFile}:${lineIn(goodWalkthrough, '#locks')} ${rule}` : `${chapterFile}:${lineIn(text, needle)} ${rule}`))
    expect(problemsOf(text).toSorted()).toEqual(wanted.toSorted())
  })
})

describe('walkthrough files', () => {
  const cases: Case[] = [
    ['not YAML', 'title: The report that is slow', 'title: The report: that is slow', [['yaml.malformed', 'title: The']]],
    ['an unknown key', 'budgetMinutes: 45', 'budgetMinutes: 45\nbudget: 3', [['schema.unknown-key', 'budget: 3']]],
    ['a missing key, at its parent', '        useful: true\n', '', [['schema.invalid', '- id: explain']]],
    ['another name than the file', 'id: slow', 'id: fast', [['walkthrough.id', 'id: fast']]],
    ['a broken link in a block of text', '(#locks)', '(#lacks)', [['link.broken', '#lacks']]],
    ['a check in a text', '          A scan.', '          A scan.\n\n          :::check{#a type="choice"}\n          :::', [['directive.place', ':::check']]],
    ['no right decision', '- [x] Reconcile', '- [ ] Reconcile', [['check.no-answer', '- [ ] Add an index']]],
    ['a decision without explanation', '\n          Nothing is stuck.\n', '', [['check.no-explanation', '- [ ] Restart']]],
    ['options with text around', '        - [ ] Add an index', '        Choose:\n\n        - [ ] Add an index', [['check.trailing', 'Choose:']]],
    ['an observation that stands twice', '    decision:', '      - { id: explain, label: again, minutes: 1, useful: false, reveals: r, expert: e }\n    decision:', [['id.duplicate', '{ id: explain, label']]],
    ['a number that does not recompute, in a plain scalar', 'reveals: |\n', 'reveals: |\n          :num[2]{from="1"}\n\n', [['num.wrong', ':num[2]']]],
  ]
  it.each(cases)('%s', (_name, from, to, expected) => {
    expect(goodWalkthrough).toContain(from)
    const text = goodWalkthrough.replace(from, () => to)
    const found = problemsOf(goodChapter, text).filter((problem) => problem.startsWith(walkthroughFile))
    expect(found.toSorted()).toEqual(expected.map(([rule, needle]) => `${walkthroughFile}:${lineIn(text, needle)} ${rule}`).toSorted())
  })
})

describe('what the whole course knows', () => {
  it('names references that lead nowhere', () => {
    const { references } = compileBlocks({ file: 'p.md', text: '[a](/chapters/ch01#x)\n[b](/chapters/ch02#y)\n[c](/chapters/ch99)\n[d](/exercises/no)\n[e](/exercises/yes)\n[f](/incidents/slow-leak)\n[g](/incidents/no)\n[h](/templates/no)', firstLine: 10 })
    const known = { complete: true, chapters: new Map([['ch01', new Set(['z'])], ['ch02', null]]), exercises: new Set(['yes']), incidents: new Set(['slow-leak']), templates: new Set<string>(), skills: new Set<string>() }
    expect(checkReferences([...references, { kind: 'skill', id: 'sql.x', file: 'c.md', line: 3 }], known).map(({ file, line, rule }) => `${file}:${line} ${rule}`)).toEqual(['p.md:10 link.broken', 'p.md:12 link.broken', 'p.md:13 exercise.unknown', 'p.md:16 incident.unknown', 'p.md:17 template.unknown', 'c.md:3 skill.unknown'])
  })
})

describe('a mistake in one part', () => {
  it('leaves the other parts whole and shows where the gap is', () => {
    const { chapter } = compileChapter({ file: chapterFile, text: goodChapter.replace('- [x] 10,000', '- [ ] 10,000'), walkthroughs: [{ file: walkthroughFile, text: goodWalkthrough }] })
    expect(chapter?.sections).toHaveLength(3)
    const blocks = chapter?.sections[1]?.blocks ?? []
    expect(blocks.filter((block) => block.t === 'check')).toHaveLength(2)
    expect(blocks.filter((block) => block.t === 'callout').map((block) => block.title)).toEqual(['A part of this page could not be shown', 'What many guides say'])
    expect(blocks.some((block) => block.t === 'after')).toBe(false)
  })
})
