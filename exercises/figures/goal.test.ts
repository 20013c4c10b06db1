import { describe, expect, it } from 'vitest'
import { figureKinds } from '../content/figure-types.ts'
import { reached, readGoal } from './goal.ts'

const kind = figureKinds['pool-hold-time']

describe('goals of figures', () => {
  it('are demands on readings and start values, joined by commas', () => {
    const goal = readGoal('waitMs <= 1000, pool = 50, call=outside', kind)
    expect(goal).toEqual({
      ok: true,
      value: [
        { name: 'waitMs', relation: '<=', value: 1000 },
        { name: 'pool', relation: '=', value: 50 },
        { name: 'call', relation: '=', value: 'outside' },
      ],
    })
  })

  it.each([
    ['wait under a second', 'is not a demand'],
    ['p99Ms <= 5', 'no "p99Ms"'],
    ['waitMs <= soon', 'not a number'],
    ['call = sideways', 'call = inside'],
  ])('%s is refused', (text, because) => {
    const goal = readGoal(text, kind)
    expect(goal.ok ? '' : goal.error).toContain(because)
  })

  it('are reached when every demand holds', () => {
    const demands = [{ name: 'a', relation: '<=', value: 5 } as const, { name: 'b', relation: '=', value: 'on' } as const]
    expect(reached(demands, { a: 5, b: 'on' })).toBe(true)
    expect(reached(demands, { a: 5.1, b: 'on' })).toBe(false)
    expect(reached(demands, { a: 5, b: 'off' })).toBe(false)
    expect(reached([{ name: 'missing', relation: '<', value: 1 }], {})).toBe(false)
    expect(reached([{ name: 'a', relation: '>', value: 2 }, { name: 'a', relation: '<', value: 3 }], { a: 2.5 })).toBe(true)
  })
})

describe('kinds of figures', () => {
  it.each(Object.entries(figureKinds))('%s starts within its bounds', (_type, { attributes }) => {
    for (const attribute of Object.values(attributes)) {
      if ('choices' in attribute) expect(attribute.choices).toContain(attribute.default)
      else {
        expect(attribute.default).toBeGreaterThanOrEqual(attribute.min)
        expect(attribute.default).toBeLessThanOrEqual(attribute.max)
        if (attribute.log) expect(attribute.min).toBeGreaterThan(0)
      }
    }
  })
})
