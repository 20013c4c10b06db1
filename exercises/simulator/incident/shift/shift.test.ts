import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSmall } from '../testing/small.ts'
import { openShift, readShiftRecord } from './index.ts'
import type { Shift, ShiftOptions, ShiftRecord } from './index.ts'

const incident = readSmall()

function open(start: ShiftOptions | ShiftRecord): Shift {
  const opening = openShift(incident, start)
  for (let step = opening.next(); ; step = opening.next()) {
    if (!step.done) {
      expect(step.value).toBeGreaterThan(0)
      expect(step.value).toBeLessThanOrEqual(1)
    } else if (step.value === null) throw new Error('nobody is paged')
    else return step.value
  }
}

const fresh: ShiftOptions = { id: 'one', seed: 7, level: 'guided' }
const addIndex = { action: 'add-index', target: 'db', table: 't', index: 'pk' }
const restart = { action: 'restart', target: 'other' }

describe('a shift', () => {
  it('opens when the page comes', () => {
    const shift = open(fresh)
    expect(shift.nowUs).toBe(shift.pageUs)
    expect(shift.pageUs).toBeGreaterThan(180_000_000)
    expect(shift.opened.total).toBeGreaterThan(0)
  })

  it('keeps what is done, with its time, and whether it was refused', () => {
    const shift = open(fresh)
    shift.add({ type: 'acknowledged' })
    shift.runTo(shift.pageUs + 30_000_000)
    expect(shift.act(addIndex, 'console').ok).toBe(true)
    expect(shift.act({ action: 'no-such', target: 'db' }, 'terminal').ok).toBe(false)
    expect(shift.entries.map((entry) => [entry.type, (entry.atUs - shift.pageUs) / 1e6, entry.type === 'acted' && entry.refused !== null])).toEqual([
      ['acknowledged', 0, false],
      ['acted', 30, false],
      ['acted', 30, true],
    ])
  })

  it('takes nothing after its end', () => {
    const shift = open(fresh)
    shift.add({ type: 'ended' })
    expect(shift.act(addIndex, 'console')).toMatchObject({ ok: false })
    expect(shift.add({ type: 'noted', text: 'late' })).toBe(false)
    expect(shift.entries).toHaveLength(1)
  })

  it('goes no further than its limit', () => {
    const shift = open(fresh)
    shift.runTo(shift.limitUs * 10)
    expect(shift.nowUs).toBe(shift.limitUs)
  })

  it('lets people ask when a message is overdue, and not once it is resolved', () => {
    const shift = open(fresh)
    const asked = (): number[] => shift.entries.flatMap((entry) => (entry.type === 'asked-by' ? [(entry.atUs - shift.pageUs) / 60e6] : []))
    shift.runTo(shift.pageUs + 4 * 60e6)
    shift.add({ type: 'acknowledged' })
    shift.runTo(shift.pageUs + 15 * 60e6)
    expect(asked()).toEqual([14])
    shift.add({ type: 'said', channel: 'status-page', text: 'It works again.', phase: 'resolved' })
    shift.runTo(shift.limitUs)
    expect(asked()).toEqual([14])
  })

  it('resumes to the byte, however it was run', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ seconds: fc.integer({ min: 0, max: 70 }), act: fc.constantFrom(null, addIndex, restart) }), { maxLength: 5 }), (steps) => {
        const shift = open(fresh)
        for (const { seconds, act } of steps) {
          shift.runTo(shift.nowUs + seconds * 1_000_000 + 137)
          if (act !== null) shift.act(act, 'console')
          else shift.add({ type: 'noted', text: 'looked' })
        }
        const record = readShiftRecord(JSON.stringify(shift.record()))
        if (record === null) throw new Error('the record is not readable')
        const resumed = open(record)
        expect(resumed.world.fingerprint()).toBe(shift.world.fingerprint())
        expect(resumed.record()).toEqual(shift.record())
      }),
      { numRuns: 8 },
    )
  })

  it.each(['', '{', '[]', '{"format":2}', JSON.stringify({ format: 1, id: 'x', incident: 'y', seed: -1, level: 'guided', nowUs: 0, entries: [] })])('reads %j as no record', (text) => {
    expect(readShiftRecord(text)).toBeNull()
  })
})
