/** What must not change a grade, and what must not take long. Runs on the documents of the course. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { gradeDocument } from './grade.ts'
import { readDocument } from './read.ts'
import { documentExerciseSchema } from './schema.ts'
import type { DocumentExercise } from './schema.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'content', 'exercises')
const read = (id: string, name: string): string => readFileSync(join(folder, id, name), 'utf8')
const exercises = readdirSync(folder)
  .filter((id) => id.startsWith('document-'))
  .map((id): { exercise: DocumentExercise; reference: string } => ({ exercise: { ...documentExerciseSchema.parse(parse(read(id, 'exercise.yaml'))), starter: read(id, 'starter.md') }, reference: read(id, 'proof/reference.md') }))

const failing = (exercise: DocumentExercise, text: string): string[] => gradeDocument(exercise, text).checks.flatMap((check) => (check.passed ? [] : [`${check.id}: ${check.evidence}`]))

/** Breaks long lines of paragraphs and items at blanks, as an editor that wraps does. */
function wrap(text: string, width: number): string {
  let inFence = false
  return text
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('```')) inFence = !inFence
      if (inFence || /^(\s*\||#|```|\*\*)/.test(line) || line.length <= width) return [line]
      const indent = /^[-*+] |^\d+\. /.test(line) ? '  ' : ''
      const lines: string[] = []
      let open = ''
      for (const word of line.split(' ')) {
        // A line that begins with a number or a mark would be a new entry.
        if (open.length + word.length > width && open.trim() !== '' && /^\p{L}/u.test(word)) {
          lines.push(open)
          open = `${indent}${word}`
        } else open = open === '' ? word : `${open} ${word}`
      }
      return [...lines, open]
    })
    .join('\n')
}

describe.each(exercises.map((one) => [one.exercise.id, one] as const))('%s', (_id, { exercise, reference }) => {
  it('grades the same however lines are wrapped', () => {
    fc.assert(fc.property(fc.integer({ min: 24, max: 120 }), (width) => {
      expect(failing(exercise, wrap(reference, width))).toEqual([])
    }), { numRuns: 12 })
  })

  it('grades the same whatever the case, and with the line ends of Windows', () => {
    expect(failing(exercise, reference.replaceAll('\n', '\r\n'))).toEqual([])
    // PromQL and owners without a list of names depend on case; all else must not.
    if (!exercise.checks.some((check) => check.type === 'alerts')) {
      expect(failing(exercise, reference.toUpperCase())).toEqual([])
      expect(failing(exercise, reference.toLowerCase())).toEqual([])
    }
  })

  it('grades the same in any order of sections, unless the order is asked for', () => {
    const asksOrder = exercise.checks.some((check) => (check.type === 'sections' && check.ordered) || (check.type === 'facts' && check.facts.some((fact) => fact.withinSentences !== undefined)))
    const [before = '', ...sections] = reference.split(/^(?=## )/m)
    if (asksOrder || sections.length < 2) return
    fc.assert(
      fc.property(fc.shuffledSubarray(sections, { minLength: sections.length }), (shuffled) => {
        expect(failing(exercise, [before, ...shuffled].map((one) => `${one.trimEnd()}\n\n`).join(''))).toEqual([])
      }),
      { numRuns: 15 },
    )
  })

  it('earns nothing with the template alone', () => {
    expect(gradeDocument(exercise, read(exercise.id, 'starter.md')).score).toBe(0)
  })

  it('does not pass when a section is taken out', () => {
    const sections = reference.split(/^(?=## )/m)
    for (const [index, section] of sections.entries()) {
      if (!section.startsWith('## ') || sections.length < 3) continue
      expect(failing(exercise, sections.filter((_, other) => other !== index).join('')), section.split('\n')[0] ?? '').not.toEqual([])
    }
  })

  it('answers hostile Markdown in bounded time', () => {
    const hostile = [
      '>'.repeat(49_000),
      '- '.repeat(24_000),
      `${'  '.repeat(400)}- deep\n`.repeat(50),
      `# ${' '.repeat(48_000)}#x`,
      '|'.repeat(49_000),
      `| ${'a | '.repeat(12_000)}`,
      '**'.repeat(24_000),
      '<!--'.repeat(12_000),
      '`'.repeat(49_000),
      'a'.repeat(49_000),
      'a '.repeat(24_000),
      'Ana forgot '.repeat(4_000),
      '1 1:1 '.repeat(8_000),
      `${'## Actions\n- Ana: x by 14:30 UTC\n'.repeat(1_200)}`,
      `${reference}\n${'never the same again and again '.repeat(1_000)}`,
      '```yaml\n' + '- '.repeat(4_000) + '\n```',
      '```yaml\na: &a [x]\nb: [*a, *a]\n```',
      `\`\`\`yaml\n- alert: HighErrorRate\n  expr: ${'('.repeat(4_000)}\n\`\`\``,
    ]
    for (const text of hostile) {
      const { passed } = gradeDocument(exercise, text)
      if (!text.startsWith(reference)) expect(passed).toBe(false)
    }
    // All of them take a tenth of a second; a pattern that explodes takes minutes.
  }, 20_000)
})

describe('limits', () => {
  const [first] = exercises
  it('200 KB are refused in words, not cut off', () => {
    if (first === undefined) throw new Error('There is no document.')
    const [check] = gradeDocument(first.exercise, 'word '.repeat(40_000)).checks
    expect(check).toMatchObject({ passed: false, failure: 'not-run', evidence: expect.stringContaining('200000 characters') })
  })

  it('reads anything without throwing, and keeps line numbers inside the text', () => {
    const piece = fc.constantFrom('#', '|', '-', ' ', '\n', 'a', '9', ':', '.', '*', '<!--', '-->', '```', 'UTC', '[', ')', '\r', '1. ', '> ', '**Impact:** ', '===', '\u0000', '\u202e')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        const text = pieces.join('')
        const lines = text.split('\n').length
        const document = readDocument(text, ['Impact'])
        for (const { line } of [...document.lines, ...document.sentences, ...document.sections]) expect(line >= 1 && line <= lines).toBe(true)
      }),
      { numRuns: 400 },
    )
  })
})
