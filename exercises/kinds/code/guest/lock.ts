import type { GuestKit } from './kit.ts'

/**
 * Makes the language's own objects unchangeable before a program runs. Tests stand on them: whoever could replace
 * `Object.keys` or `Array.prototype.filter` could pass any test.
 */
export function lockLanguage(kit: GuestKit): void {
  const { global } = kit
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect
  const { freeze, isFrozen } = Object

  /**
   * A frozen property that is inherited cannot be set on an heir: `error.name = 'TimeoutError'` would throw. As an
   * accessor it can.
   */
  const letHeirsSet = (prototype: object): void => {
    for (const key of ownKeys(prototype)) {
      const property = getOwnPropertyDescriptor(prototype, key)
      if (property === undefined || !('value' in property) || property.configurable !== true) continue
      const { value, enumerable } = property
      const set = function (this: object, other: unknown): void {
        if (this === prototype) throw new TypeError(`"${String(key)}" of the language's own prototype cannot be replaced here.`)
        defineProperty(this, key, { value: other, writable: true, enumerable: true, configurable: true })
      }
      defineProperty(prototype, key, { get: () => value, set, enumerable: enumerable === true, configurable: false })
    }
  }
  const errors = [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError]
  for (const prototype of [Object.prototype, Function.prototype, ...errors.map((error) => error.prototype as object)]) letHeirsSet(prototype)

  for (const key of ownKeys(global)) {
    const property = getOwnPropertyDescriptor(global, key)
    if (property === undefined || !('value' in property)) continue
    const { value, enumerable } = property
    // As an accessor: the engine lets a value of the global object be defined anew, whatever it says of itself.
    if (property.configurable === true) defineProperty(global, key, { get: () => value, enumerable: enumerable === true, configurable: false })
    if (value === global || (typeof value !== 'object' && typeof value !== 'function') || value === null) continue
    freeze(value)
    if (typeof value === 'function') freeze(value.prototype)
  }
  // What no global leads to: the prototypes of iterators, generators, asynchronous functions and typed arrays.
  const generators = [function* () {}, async function* () {}, async () => undefined]
  const hidden = [[][Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](), ''[Symbol.iterator](), ''.matchAll(/./g), Uint8Array, Uint8Array.prototype, ...generators]
  for (const value of hidden) {
    // Each ends at Object.prototype or Function.prototype, which are frozen.
    for (let prototype = getPrototypeOf(value); prototype !== null && !isFrozen(prototype); prototype = getPrototypeOf(prototype)) freeze(prototype)
  }
}
