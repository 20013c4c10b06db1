import { expect, it } from 'vitest'
import { levelOf } from './alerts.ts'

it.each([
  ['sum(rate(a[1m])) / sum(rate(b[1m])) > 0.05', 'sum(rate(a[1m])) / sum(rate(b[1m]))', 0.05],
  ['1 - up >= 5', '1 - up', 5],
  ['(max(lag)) > 60', '(max(lag))', 60],
])('%s measures %s against %d', (expr, query, threshold) => {
  expect(levelOf({ name: 'Slow', expr })).toEqual({ rule: 'Slow', query, threshold })
})
it.each(['up', 'a > b', 'a > 1 and b > 2', 'sum('])('%s is no measure with a level', (expr) => {
  expect(levelOf({ name: 'Slow', expr })).toBeNull()
})
