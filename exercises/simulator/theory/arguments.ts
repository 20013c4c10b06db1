/** @throws RangeError unless the value is a finite number above 0 */
export function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw new RangeError(`${name} must be a number above 0, not ${value}.`)
}

/** @throws RangeError unless the value is a finite number of at least 0 */
export function requireNotNegative(name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) throw new RangeError(`${name} must be 0 or more, not ${value}.`)
}

/** @throws RangeError unless the value is a whole number of at least `least` */
export function requireWhole(name: string, value: number, least: number): void {
  if (!(Number.isSafeInteger(value) && value >= least)) throw new RangeError(`${name} must be a whole number of at least ${least}, not ${value}.`)
}

/** @throws RangeError unless the value is from 0 to 1 */
export function requireShare(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must be from 0 to 1, not ${value}.`)
}
