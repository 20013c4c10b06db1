import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Inline } from '../../../../exercises/content/model.ts'
import { numbersTogether } from './together.ts'

const text = (v: string): Inline => ({ t: 'text', v })
const num = (v: string): Inline => ({ t: 'num', v, from: v })
/** Parts as text, with what is kept on one line in brackets. */
const shown = (...inlines: Inline[]): string =>
  numbersTogether(inlines)
    .map((run) => (run.t === 'together' ? `[${run.before}${run.number.v}${run.after}]` : run.t === 'text' ? run.v : `<${run.t}>`))
    .join('')

describe('a number of the text', () => {
  it.each([
    ['% of the time', '[40%] of the time'],
    ['%, 0.7', '[40%,] 0.7'],
    [' % of', '[40 %] of'],
    [' ms. The inner', '[40 ms.] The inner'],
    [' requests/s | x', '[40 requests/s] | x'],
    ['/s, and', '[40/s,] and'],
    [' GiB', '[40 GiB]'],
    [' s of CPU', '[40 s] of CPU'],
    [' so', '[40] so'],
    [' minutes', '[40] minutes'],
    ['-fold growth', '[40-]fold growth'],
    [' hours/weeks/days', '[40] hours/weeks/days'],
    ['', '[40]'],
  ])('stays on one line with %j', (after, expected) => expect(shown(num('40'), ...(after === '' ? [] : [text(after)]))).toBe(expected))

  it('stays with what touches it in front, and with the next number only as far as a break is right', () => {
    expect(shown(text('costs ($'), num('40'), text('), not '), num('3'), text('.'))).toBe('costs [($40),] not [3.]')
    expect(shown(num('1'), text('/'), num('2'))).toBe('[1/][2]')
    expect(shown(text('10–'), num('20'), { t: 'em', c: [text('%')] })).toBe('10–[20]<em>')
  })

  it('loses and moves no character', () => {
    const piece = fc.oneof(fc.string().map(text), fc.constantFrom('% ', ' ms', '(', ' a-b', '\u00a0%').map(text), fc.constant(num('7')), fc.constant<Inline>({ t: 'br' }))
    fc.assert(
      fc.property(fc.array(piece), (inlines) => {
        expect(shown(...inlines).replaceAll(/[[\]]/g, '')).toBe(inlines.map((inline) => ('v' in inline ? inline.v : `<${inline.t}>`)).join('').replaceAll(/[[\]]/g, ''))
      }),
    )
  })
})
