/**
 * Random numbers, one independent stream per source of randomness.
 *
 * Generator: sfc32 of Chris Doty-Humphrey's PractRand (public domain), 128 bits of state, no known failure in PractRand
 * or TestU01's BigCrush. State is derived from the seed and the stream's name by MurmurHash3 (Austin Appleby, public
 * domain), so a new stream shifts no other. Uniform draws have 52 bits. Exponential and normal draws invert their
 * distribution function and so use exactly one uniform each: a changed parameter leaves the rest of the stream as it was.
 */
import { normalQuantile } from './normal-quantile.ts'
import { portableLog, portablePower } from './portable-math.ts'

/** PractRand's number of rounds thrown away after seeding with 96 bits. */
const roundsAfterSeeding = 15

export class RandomStream {
  readonly name: string
  private readonly state = new Int32Array(4)

  /** @param seed the run's seed @param name the source's name, such as `checkout/arrivals` */
  constructor(seed: number | string, name: string) {
    this.name = name
    const text = `${seed}\u0000${name}`
    this.state[0] = murmur3(text, 0x243f6a88)
    this.state[1] = murmur3(text, 0x85a308d3)
    this.state[2] = murmur3(text, 0x13198a2e)
    this.state[3] = 1
    for (let round = 0; round < roundsAfterSeeding; round += 1) this.int32()
  }

  /** 32 random bits, as a signed integer. */
  int32(): number {
    const state = this.state
    const b = state[1] as number
    const c = state[2] as number
    const counter = state[3] as number
    const out = ((((state[0] as number) + b) | 0) + counter) | 0
    state[3] = (counter + 1) | 0
    state[0] = b ^ (b >>> 9)
    state[1] = (c + (c << 3)) | 0
    state[2] = (((c << 21) | (c >>> 11)) + out) | 0
    return out
  }

  /** 32 random bits, 0 up to 2^32 - 1. */
  uint32(): number {
    return this.int32() >>> 0
  }

  /** Uniform in the open interval (0, 1), 52 bits: never 0 and never 1. */
  uniform(): number {
    const high = this.int32() >>> 6
    const low = this.int32() >>> 6
    return (high * 67_108_864 + low + 0.5) * 2 ** -52
  }

  /** True with this probability. Draws once whatever the probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability
  }

  /** An integer from 0 up to `below` - 1, each as likely up to 2^-52 * below. */
  integer(below: number): number {
    return Math.floor(this.uniform() * below)
  }

  /** Exponential with mean 1. */
  exponential(): number {
    return -portableLog(this.uniform())
  }

  /** Normal with mean 0 and deviation 1. */
  normal(): number {
    return normalQuantile(this.uniform())
  }

  /**
   * Gamma with this shape and scale 1. Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS
   * 26 (2000); a rejection method, so it uses a varying number of uniforms.
   */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * portablePower(this.uniform(), 1 / shape)
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = this.normal()
      const root = 1 + c * x
      if (root <= 0) continue
      const v = root * root * root
      if (portableLog(this.uniform()) < 0.5 * x * x + d - d * v + d * portableLog(v)) return d * v
    }
  }

  /** The four words of state, copied. */
  save(): Int32Array {
    return this.state.slice()
  }

  load(state: Int32Array): void {
    this.state.set(state)
  }
}

/** MurmurHash3_x86_32 over UTF-16 code units, a unit at a time as a block of its own. */
function murmur3(text: string, seed: number): number {
  let hash = seed | 0
  for (let index = 0; index < text.length; index += 1) {
    let block = Math.imul(text.charCodeAt(index), 0xcc9e2d51)
    block = (block << 15) | (block >>> 17)
    hash ^= Math.imul(block, 0x1b873593)
    hash = (hash << 13) | (hash >>> 19)
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0
  }
  hash ^= text.length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
