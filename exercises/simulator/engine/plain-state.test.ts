import { describe, expect, it } from 'vitest'
import { copyState, hashState } from './index.ts'

const state = () => ({
  number: -0.5,
  text: 'queue',
  none: null,
  list: [1, [2, 3]],
  floats: Float64Array.of(1.5, Number.NaN),
  part: new Uint8Array([1, 2, 3, 4]).subarray(1, 3),
  view: new DataView(new Uint8Array([9, 8]).buffer),
  map: new Map([['a', { deep: [1] }]]),
  set: new Set([1, 2]),
})

describe('plain state', () => {
  it('is copied deeply', () => {
    const original = state()
    const copy = copyState(original)
    expect(copy).toEqual(original)
    copy.list.push(4)
    copy.floats[0] = 9
    copy.map.get('a')!.deep.push(2)
    expect(original).toEqual(state())
    expect(copy.part.buffer.byteLength).toBe(2)
  })

  it.each([['a function', { later: () => 1 }], ['an object of a class', { when: new Date(0) }], ['a symbol', [Symbol.iterator]]])('is not %s', (_what, value) => {
    expect(() => copyState(value)).toThrow(/keep only plain data/)
  })

  it('has one fingerprint, and any change has another', () => {
    expect(hashState(state())).toBe(hashState(state()))
    expect(hashState(state())).toMatch(/^[0-9a-f]{16}$/)
    const changes: ((s: ReturnType<typeof state>) => unknown)[] = [
      (s) => (s.number = 0.5),
      (s) => (s.text = 'queuf'),
      (s) => s.list.push(5),
      (s) => (s.floats[1] = 0),
      (s) => (s.part[0] = 7),
      (s) => s.map.set('b', { deep: [] }),
      (s) => s.set.delete(2),
      (s) => Object.assign(s, { none: 'null' }),
      (s) => Object.assign(s, { extra: undefined }),
    ]
    const hashes = changes.map((change) => {
      const changed = state()
      change(changed)
      return hashState(changed)
    })
    expect(new Set([...hashes, hashState(state())]).size).toBe(changes.length + 1)
    expect(hashState(-0)).not.toBe(hashState(0))
    expect(hashState([['a'], 'b'])).not.toBe(hashState([['a', 'b']]))
  })
})
