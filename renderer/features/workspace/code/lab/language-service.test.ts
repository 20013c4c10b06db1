import { beforeAll, describe, expect, it } from 'vitest'
import type { CodeLanguage } from './language-service.ts'
import { createLanguage } from './language-service.ts'
import { readLibraries } from '../../../../../main/services/grading/code-engine.ts'
import { noPackages } from '../../../../../exercises/kinds/code/packages/packages.ts'

let language: CodeLanguage
beforeAll(async () => {
  const { default: ts } = await import('typescript-6')
  language = createLanguage(ts, await readLibraries(), { available: noPackages, allowed: [] })
}, 60_000)

/** Puts `text` into answer.ts and returns the offset of the `|` in it. */
function at(text: string): number {
  const offset = text.indexOf('|')
  language.update([
    { name: 'answer.ts', text: text.replace('|', '') },
    { name: 'given.ts', text: '/** A room with doors. */\nexport class Bulkhead {\n  /** How many wait. */\n  waiting = 0\n}' },
    { name: 'answer.test.ts', text: "import { expect, test } from 'firedrill/test'\ntest('x', () => expect(1).toBe(1))" },
  ])
  return offset
}

describe('createLanguage', () => {
  it('tells types of the language, of the sandbox and of the other files', () => {
    expect(language.hover('answer.ts', at('const t = set|Timeout(() => {}, 5)'))).toMatchObject({ signature: expect.stringContaining('setTimeout: (run:'), start: 10, length: 10 })
    expect(language.hover('answer.ts', at('const xs = [1].to|Sorted()'))?.signature).toContain('Array<number>.toSorted(')
    expect(language.hover('answer.ts', at("import { Bulk|head } from './given.ts'"))).toMatchObject({ signature: expect.stringContaining('class Bulkhead'), documentation: 'A room with doors.' })
    expect(language.hover('answer.ts', at('const a = docu|ment'))?.signature ?? 'any').toContain('any')
    expect(language.hover('answer.test.ts', 9)?.signature).toContain('expect')
  })

  it('offers what fits, and describes it', () => {
    const offset = at("import { Bulkhead } from './given.ts'\nnew Bulkhead().|")
    expect(language.complete('answer.ts', offset)).toMatchObject([{ name: 'waiting', kind: 'property' }])
    expect(language.describe('answer.ts', offset, 'waiting')).toEqual({ signature: '(property) Bulkhead.waiting: number', documentation: 'How many wait.' })
    expect(language.complete('answer.ts', at('|')).map((one) => one.name)).not.toContain('document')
    const closed = at('const a = "x"|')
    expect(language.complete('answer.ts', closed, '"')).toEqual([])
    // The bar of the union is the first one: the caret stands after the text.
    const text = 'declare const a: { b: number } | undefined\na.'
    language.update([{ name: 'answer.ts', text }])
    expect(language.complete('answer.ts', text.length)).toMatchObject([{ name: 'b', insertText: '?.b', replaces: { start: text.length - 1, length: 1 } }])
  })

  it('shows the parameters of a call', () => {
    const help = language.signature('answer.ts', at('function wait(forMs: number, then: () => void) {}\nwait(5, |)'))
    expect(help).toMatchObject({ active: 0, activeParameter: 1, signatures: [{ label: 'wait(forMs: number, then: () => void): void', parameters: [{ label: 'forMs: number' }, { label: 'then: () => void' }] }] })
    expect(language.signature('answer.ts', at('const x| = 1'))).toBeNull()
  })
})
