/** Numbers with what belongs to them: a line must not end between `40` and `%`. */
import type { Inline } from '../../../../exercises/content/model.ts'

type NumberInline = Extract<Inline, { t: 'num' }>

/** A computed number with the characters that touch it, and its unit. */
export interface NumberTogether {
  t: 'together'
  before: string
  number: NumberInline
  after: string
}

/** Signs of units that stand after a space. Words such as "minutes" may go to the next line, as they do in any text. */
const unit = /^[ \u00a0](?:[%‰×°σ]|[µunm]?s|min|h|[kMGT]?i?[bB]|[kMG]?Hz|[a-zA-Z]{1,12}\/[a-z]{1,6})(?![\w/])[^\s–—-]*/
/** What touches the number, up to a dash, after which a line may end. */
const touchingAfter = /^[^\s–—-]+[–—-]?|^[–—-]/
const touchingBefore = /[^\s–—-]+$/

/** Takes each number of a run of text together with its unit; everything else is as it was. */
export function numbersTogether(inlines: readonly Inline[]): (Inline | NumberTogether)[] {
  const runs: (Inline | NumberTogether)[] = []
  for (const inline of inlines) {
    const last = runs.at(-1)
    if (inline.t === 'num') {
      const before = last?.t === 'text' ? (touchingBefore.exec(last.v)?.[0] ?? '') : ''
      if (last?.t === 'text' && before !== '') runs.splice(-1, 1, ...textOf(last.v.slice(0, -before.length)))
      runs.push({ t: 'together', before, number: inline, after: '' })
    } else if (inline.t === 'text' && last?.t === 'together' && last.after === '') {
      const after = (unit.exec(inline.v) ?? touchingAfter.exec(inline.v))?.[0] ?? ''
      last.after = after
      runs.push(...textOf(inline.v.slice(after.length)))
    } else runs.push(inline)
  }
  return runs
}

function textOf(text: string): Inline[] {
  return text === '' ? [] : [{ t: 'text', v: text }]
}
