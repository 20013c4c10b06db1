import { describe, expect, it } from 'vitest'
import { edit, emptyLine, lineWith } from './line-editor.ts'
import type { Edit, EditedLine } from './line-editor.ts'

const history = ['kubectl get pods', 'psql -l', 'kubectl top pods']
/** Sends what is typed, one input after the other. */
function typed(inputs: readonly string[], from: EditedLine = emptyLine): Edit {
  let last: Edit = { line: from, effect: null }
  for (const input of inputs) last = edit(last.line, input, history)
  return last
}
const text = (inputs: readonly string[], from?: EditedLine): string => {
  const { line } = typed(inputs, from)
  return `${line.text.slice(0, line.cursor)}^${line.text.slice(line.cursor)}`
}

describe('the line of the terminal', () => {
  it.each([
    ['inserts', ['a', 'c', '\u001B[D', 'b'], 'ab^c'],
    ['goes to the start and the end', ['ab', '\u0001', 'x', '\u0005', 'y'], 'xaby^'],
    ['erases before and under the cursor', ['abcd', '\u001B[D', '\u007F', '\u001B[3~'], 'ab^'],
    ['cuts the line before, after, and a word, and puts it back', ['one two', '\u0017', '\u0019', '\u0019'], 'one twotwo^'],
    ['cuts to the start', ['one two', '\u001B[1;5D', '\u0015'], '^two'],
    ['cuts to the end', ['one two', '\u001B[1;5D', '\u000B'], 'one ^'],
    ['moves by words', ['one two', '\u001Bb', '\u001Bb', '\u001Bf'], 'one^ two'],
    ['stays inside the line', ['a', '\u001B[C', '\u001B[C', '\u001B[D', '\u001B[D', '\u001B[D'], '^a'],
    ['takes a paste as one line', ['\u001B[200~kubectl get pods\r\npsql -l\n\u001B[201~'], 'kubectl get pods; psql -l^'],
    ['joins lines that go on', ['\u001B[200~curl \\\n  -s x\u001B[201~'], 'curl -s x^'],
    ['ignores keys that it does not know', ['a', '\u001B[15~', '\u0000'], 'a^'],
    ['goes back in the history and forward to its own', ['ps', '\u001B[A', '\u001B[A', '\u001B[B', '\u001B[B'], 'ps^'],
    ['stops at the oldest', ['\u001B[A', '\u001B[A', '\u001B[A', '\u001B[A'], 'kubectl get pods^'],
    ['searches back', ['\u0012', 'k', 'u', 'b', '\u0012', '\u0005'], 'kubectl get pods^'],
    ['gives a search up', ['own', '\u0012', 'k', '\u001B'], 'own^'],
  ])('%s', (_, inputs, expected) => expect(text(inputs)).toBe(expected))

  it.each([['\r', 'run'], ['\t', 'complete'], ['\u0003', 'cancel'], ['\u000C', 'clear'], ['\u001B', 'leave']])('%j asks to %s', (key, effect) => expect(typed(['a', key]).effect).toBe(effect))
  it('runs what a search has found', () => expect(typed(['\u0012', 'psql', '\r'])).toMatchObject({ effect: 'run', line: { text: 'psql -l', search: null } }))
  it('begins anew with a text', () => expect(lineWith('abc')).toMatchObject({ text: 'abc', cursor: 3, back: 0 }))
})
