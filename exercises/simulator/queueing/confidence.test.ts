import { expect, it } from 'vitest'
import { intervalOfMean, studentQuantile } from './index.ts'

it.each([
  // From printed tables of Student's t.
  [0.975, 1, 12.7062],
  [0.975, 2, 4.30265],
  [0.995, 2, 9.92484],
  [0.975, 3, 3.18245],
  [0.975, 4, 2.77645],
  [0.975, 9, 2.26216],
  [0.975, 19, 2.09302],
  [0.9995, 19, 3.8834],
  [0.95, 30, 1.69726],
  [0.975, 1000, 1.96234],
])("the quantile %d of Student's t with %i degrees is %d", (probability, degrees, expected) => {
  expect(Math.abs(studentQuantile(probability, degrees) / expected - 1)).toBeLessThan(degrees === 3 ? 0.005 : 0.001)
})

it('an interval is symmetric about the mean, and endless for one sample', () => {
  // Deviation 1, 4 samples: 3.18245 / 2.
  const { mean, halfWidth } = intervalOfMean([9, 9, 11, 11].map((value) => 10 + ((value - 10) * Math.sqrt(3)) / 2), 0.95)
  expect([mean, halfWidth]).toEqual([expect.closeTo(10, 12), expect.closeTo(1.591, 2)])
  expect(intervalOfMean([4], 0.95)).toEqual({ mean: 4, halfWidth: Number.POSITIVE_INFINITY })
})
