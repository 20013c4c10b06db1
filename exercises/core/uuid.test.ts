import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { uuidTimeMs, uuidV7 } from './uuid.ts'

const random = fc.uint8Array({ minLength: 10, maxLength: 10 })
const time = fc.integer({ min: 0, max: 2 ** 48 - 1 })

test('is a valid version 7 UUID that carries its time', () => {
  fc.assert(
    fc.property(time, random, (atMs, bytes) => {
      const id = uuidV7(atMs, bytes)
      expect(z.uuidv7().safeParse(id).success).toBe(true)
      expect(uuidTimeMs(id)).toBe(atMs)
    }),
  )
})

test('sorts by time as text', () => {
  fc.assert(
    fc.property(time, time, random, random, (a, b, one, two) => {
      fc.pre(a !== b)
      expect(uuidV7(a, one) < uuidV7(b, two)).toBe(a < b)
    }),
  )
})

test('refuses a time or randomness that does not fit', () => {
  expect(() => uuidV7(-1, new Uint8Array(10))).toThrow(RangeError)
  expect(() => uuidV7(1.5, new Uint8Array(10))).toThrow(RangeError)
  expect(() => uuidV7(0, new Uint8Array(9))).toThrow(RangeError)
})
