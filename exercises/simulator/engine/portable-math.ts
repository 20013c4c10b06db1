/**
 * Logarithm, exponential and power that give the same bits on every host. `Math.log`, `Math.exp`, `Math.expm1`,
 * `Math.log1p` and `**` do not: between V8 of Node 24 and of Chromium 156 the first four differ in the last bit, between
 * Node 20 and Node 24 the power does. One such bit decides now and then whether a delay rounds up, and from there on two
 * worlds of one seed go different ways. So everything that a simulation draws or decides by is made of +, -, *, / and
 * `Math.sqrt`, which IEEE 754 defines to the bit.
 *
 * `portableLog` and `portableExp` are fdlibm's e_log.c and e_exp.c (Sun Microsystems 1993, "freely usable provided that
 * this notice is preserved": Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun
 * Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is freely granted, provided
 * that this notice is preserved.) in the branch-free arrangement of musl; their error is below one unit in the last place.
 */

const double = new Float64Array(1)
/** Low word, then high word: every host of V8 that we run on is little-endian. */
const words = new Int32Array(double.buffer)

const ln2High = 6.9314718036912382e-1
const ln2Low = 1.9082149292705877e-10
const inverseLn2 = 1.4426950408889634

/** Natural logarithm. -Infinity of 0, NaN below. */
export function portableLog(value: number): number {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) return value === 0 ? Number.NEGATIVE_INFINITY : value > 0 ? value : Number.NaN
  let exponent = 0
  double[0] = value
  if (value < 2.2250738585072014e-308) {
    double[0] = value * 2 ** 54
    exponent = -54
  }
  // value = 2^exponent * (1 + f) with 1 + f from sqrt(1/2) to sqrt(2).
  const high = (words[1] as number) + (0x3ff00000 - 0x3fe6a09e)
  exponent += (high >> 20) - 0x3ff
  words[1] = (high & 0xfffff) + 0x3fe6a09e
  const f = (double[0] as number) - 1
  const halfSquare = 0.5 * f * f
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const odd = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const even = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  return s * (halfSquare + (odd + even)) + exponent * ln2Low - halfSquare + f + exponent * ln2High
}

/** e to the power of `value`. */
export function portableExp(value: number): number {
  if (!(value > -745.2 && value < 709.79)) return value < 0 ? 0 : value > 0 ? Number.POSITIVE_INFINITY : value
  const exponent = Math.trunc(inverseLn2 * value + (value < 0 ? -0.5 : 0.5))
  const high = value - exponent * ln2High
  const low = exponent * ln2Low
  const x = high - low
  const xx = x * x
  const c = x - xx * (0.16666666666666602 + xx * (-0.0027777777777015593 + xx * (6.613756321437934e-5 + xx * (-1.6533902205465252e-6 + xx * 4.1381367970572385e-8))))
  const y = 1 + ((x * c) / (2 - c) - low + high)
  // In two steps, as 2^exponent alone may be too large or too small for a double.
  const half = exponent >> 1
  return y * powerOfTwo(half) * powerOfTwo(exponent - half)
}

/** `base` to the power of `exponent`, for bases that are not negative. Relative error about 1e-16 times the logarithm of the result. */
export function portablePower(base: number, exponent: number): number {
  return exponent === 0 ? 1 : portableExp(exponent * portableLog(base))
}

/** @param exponent from -1022 to 1023 */
function powerOfTwo(exponent: number): number {
  words[0] = 0
  words[1] = (exponent + 1023) << 20
  return double[0] as number
}
