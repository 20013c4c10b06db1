import { compareNumbers } from '../../query/comparison.ts'
import { matcherTest } from '../../query/matcher.ts'
import type { LabelFilter } from '../syntax.ts'
import { parseBytes, parseGoDurationSeconds, parseNumber } from '../../query/units.ts'
import { parseIp, parseIpTest } from './ip.ts'
import type { LabelsBuilder } from './labels-builder.ts'

export const LABEL_FILTER_ERROR = 'LabelFilterErr'

/** Whether a line stays. May put an error on the line. */
export type LabelTest = (builder: LabelsBuilder) => boolean

/** Makes the test of a condition. */
export function compileLabelFilter(filter: LabelFilter): LabelTest {
  switch (filter.kind) {
    case 'and': {
      const left = compileLabelFilter(filter.left)
      const right = compileLabelFilter(filter.right)
      return (builder) => left(builder) && right(builder)
    }
    case 'or': {
      const left = compileLabelFilter(filter.left)
      const right = compileLabelFilter(filter.right)
      return (builder) => left(builder) || right(builder)
    }
    case 'text': {
      const { name } = filter.matcher
      const test = matcherTest(filter.matcher)
      // A label that is not there compares as the empty text.
      return (builder) => test(builder.get(name) ?? '')
    }
    case 'ip': {
      const test = parseIpTest(filter.text)
      return (builder) => {
        const value = builder.get(filter.name)
        if (value === undefined) return false
        const address = parseIp(value)
        if (address === null || test === null) return filter.negated
        return test(address) !== filter.negated
      }
    }
    case 'amount': return compileAmount(filter)
  }
}

function compileAmount({ name, unit, comparison, value: limit }: Extract<LabelFilter, { kind: 'amount' }>): LabelTest {
  const parse = unit === 'duration' ? parseGoDurationSeconds : unit === 'bytes' ? parseBytes : parseNumber
  return (builder) => {
    const text = builder.get(name)
    if (text === undefined) return false
    const value = parse(text)
    if (value === null) {
      // As in Loki the line stays and says why, so that a query does not lose lines without a word.
      if (builder.error === '') builder.setError(LABEL_FILTER_ERROR, `invalid ${unit} ${JSON.stringify(text)}`)
      return true
    }
    return compareNumbers(value, comparison, limit)
  }
}
