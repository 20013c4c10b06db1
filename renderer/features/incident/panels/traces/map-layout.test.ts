import { expect, it } from 'vitest'
import type { ServiceMap } from '../../../../../exercises/simulator/traces/index.ts'
import { columnsOf } from './map-layout.ts'

const nodes = (...names: string[]): { service: string; isEntry: boolean }[] => names.map((service, index) => ({ service, isEntry: index === 0 }))
const edges = (...pairs: string[]): ServiceMap['edges'] => pairs.map((pair) => ({ from: pair[0] ?? '', to: pair[1] ?? '', calls: 1, failures: 0, failureShare: 0, p50Us: 1, p95Us: 1, p99Us: 1 }))

it.each([
  [nodes('a', 'b', 'c'), edges('ab', 'bc'), { a: 0, b: 1, c: 2 }],
  [nodes('a', 'b', 'c'), edges('ab', 'bc', 'ac'), { a: 0, b: 1, c: 2 }],
  [nodes('a', 'b', 'c'), edges('ab', 'bc', 'cb'), { a: 0, b: 1, c: 2 }],
  [nodes('a', 'b'), edges('aa', 'ab', 'ba'), { a: 0, b: 1 }],
  [nodes('a', 'b'), edges(), { a: 0, b: 0 }],
])('has callers left of those they call, whatever goes back (%#)', (services, calls, columns) => {
  expect(Object.fromEntries(columnsOf(services, calls))).toEqual(columns)
})
