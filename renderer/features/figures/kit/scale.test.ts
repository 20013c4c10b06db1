import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ladder, nearestStop, toStep } from './ladder.ts'
import { durationText, numberText, percentText } from './number-text.ts'
import { pushApart, roundUp, shareAt, ticksOf, valueAt } from './scale.ts'

describe('axes', () => {
  it('give back the value of a place', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 100, noNaN: true }), fc.double({ min: 1.1, max: 1e5, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (from, factor, share, log) => {
        const axis = { title: '', from, to: from * factor, log }
        expect(shareAt(axis, valueAt(axis, share))).toBeCloseTo(share, 6)
      }),
    )
  })

  it('label round values inside', () => {
    expect(ticksOf({ title: '', from: 0, to: 100 }, 5)).toEqual([0, 20, 40, 60, 80, 100])
    expect(ticksOf({ title: '', from: 0, to: 0.9 }, 4)).toEqual([0, 0.25, 0.5, 0.75])
    expect(ticksOf({ title: '', from: 1, to: 1000, log: true }, 5)).toEqual([1, 10, 100, 1000])
    expect(ticksOf({ title: '', from: 10, to: 100, log: true }, 6)).toEqual([10, 20, 50, 100])
  })

  it('end at a round value that is not below', () => {
    expect(roundUp(0)).toBe(1)
    fc.assert(fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (value) => roundUp(value) >= value * 0.999 && roundUp(value) <= value * 2.01))
  })
})

describe('labels', () => {
  it('stand apart in their order and inside', () => {
    expect(pushApart([50, 52, 51], 14, 0, 100)).toEqual([50, 78, 64])
    expect(pushApart([99, 98], 14, 0, 100)).toEqual([100, 86])
  })
})

describe('stops of a slider', () => {
  it('rise from the least to the most in whole steps', () => {
    const stops = ladder(1, 5000, 1)
    expect(stops[0]).toBe(1)
    expect(stops.at(-1)).toBe(5000)
    expect(stops.every((stop, index) => index === 0 || stop > (stops[index - 1] ?? 0))).toBe(true)
    expect(stops).toContain(120)
    expect(stops[nearestStop(stops, 3606)]).toBe(3500)
    expect(toStep(0.30000000000000004, 0.1)).toBe(0.3)
  })
})

describe('numbers', () => {
  it.each([
    [1660, '1,660'],
    [3606, '3,606'],
    [1.66389, '1.66'],
    [0.0432, '0.0432'],
    [-200, '−200'],
    [1234567, '1,235,000'],
    [Number.POSITIVE_INFINITY, 'endless'],
  ])('%d reads %s', (value, text) => expect(numberText(value)).toBe(text))

  it('take the unit that fits', () => {
    expect([0.5, 460, 1200, 90_000, 150_000, 43_200_000, 2_592_000_000].map((ms) => durationText(ms))).toEqual(['0.5 ms', '460 ms', '1.2 s', '90 s', '2.5 min', '12 h', '30 days'])
  })

  it('tell 99.95 from 100', () => {
    expect([63.397, 99.5, 99.9, 99.9999, 100, 0, 0.05].map(percentText)).toEqual(['63.4%', '99.5%', '99.9%', '99.9999%', '100%', '0%', '0.05%'])
  })
})
