import { expect, it } from 'vitest'
import { openShift } from '../../../../../exercises/simulator/incident/shift/index.ts'
import type { Shift } from '../../../../../exercises/simulator/incident/shift/index.ts'
import { readSmall } from '../../../../../exercises/simulator/incident/testing/small.ts'
import { effectsCalls } from './effects.ts'

const second = 1_000_000
function open(): Shift {
  const opening = openShift(readSmall(), { id: 'one', seed: 7, level: 'guided' })
  for (let step = opening.next(); ; step = opening.next()) if (step.done && step.value !== null) return step.value
}

it('tells what goes through a part', () => {
  const shift = open()
  expect(effectsCalls['actions.stake'](shift, { target: 'api' })).toMatchObject({ what: 'requests' })
  expect(effectsCalls['actions.stake'](shift, { target: 'db' })?.what).toBe('queries')
  expect(effectsCalls['actions.stake'](shift, { target: 'users' })?.perSecond).toBeCloseTo(20, -1)
  expect(effectsCalls['actions.stake'](shift, { target: 'other' })).toBeNull()
})

it('counts failures before what was accepted and now', () => {
  const shift = open()
  shift.act({ action: 'no-such', target: 'db' }, 'console')
  shift.act({ action: 'add-index', target: 'db', table: 't', index: 'pk' }, 'console')
  shift.runTo(shift.pageUs + 300 * second)
  const effects = effectsCalls['actions.effects'](shift, null)
  expect(effects).toHaveLength(1)
  expect(effects[0]).toMatchObject({ atUs: shift.pageUs, now: 0 })
  expect(effects[0]?.before).toBeGreaterThan(0.1)
  expect(effects[0]?.effectUs).toBeGreaterThan(shift.pageUs)
})
