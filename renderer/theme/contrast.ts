/** Colour arithmetic for the tests of the tokens. Channels are 0..255 as written, 0..1 once linear. */

export type Rgb = readonly [number, number, number]

/** `#1a2b3c` as three channels, 0..255. */
export function parseHex(hex: string): Rgb {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex)
  if (match === null) throw new Error(`${hex} is not a colour of the form #rrggbb`)
  return [Number.parseInt(match[1] ?? '', 16), Number.parseInt(match[2] ?? '', 16), Number.parseInt(match[3] ?? '', 16)]
}

/** sRGB to linear light (IEC 61966-2-1), as WCAG 2.2 defines relative luminance. */
export function linear(rgb: Rgb): Rgb {
  const one = (channel: number): number => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return [one(rgb[0]), one(rgb[1]), one(rgb[2])]
}

/** WCAG 2.2 contrast ratio, 1..21. */
export function contrastRatio(one: string, other: string): number {
  const luminance = (hex: string): number => {
    const [r, g, b] = linear(parseHex(hex))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** Linear sRGB to OKLab (Ottosson, 2020). */
function okLab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

export type Vision = 'normal' | 'protan' | 'deutan' | 'tritan'

/** Machado, Oliveira and Fernandes (2009), severity 1.0, on linear light. */
const simulation: Record<Vision, readonly [Rgb, Rgb, Rgb]> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}

/** Distance of two colours in OKLab, times 100, as seen with a kind of vision. */
export function okLabDistance(one: string, other: string, vision: Vision = 'normal'): number {
  const seen = (hex: string): Rgb => {
    const [r, g, b] = linear(parseHex(hex))
    const row = ([x, y, z]: Rgb): number => Math.min(1, Math.max(0, x * r + y * g + z * b))
    const [first, second, third] = simulation[vision]
    return okLab([row(first), row(second), row(third)])
  }
  const a = seen(one)
  const b = seen(other)
  return 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

/** OKLab lightness, 0..1. */
export function lightness(hex: string): number {
  return okLab(linear(parseHex(hex)))[0]
}
