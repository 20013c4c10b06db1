import { expect, it } from 'vitest'
import { readValues } from './template-values.ts'

it.each([
  [null, {}],
  ['{"owner":"Dana"}', { owner: 'Dana' }],
  ['{"owner":3}', {}],
  ['not JSON', {}],
])('reads the draft %s', (text, expected) => expect(readValues(text)).toEqual(expected))
