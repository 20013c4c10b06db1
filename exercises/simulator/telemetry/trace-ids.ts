/** Two words of 32 bits, unsigned. */
export interface TraceWords {
  readonly hi: number
  readonly lo: number
}

const highKeys = [0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c] as const
const lowKeys = [0x1f83d9ab, 0x5be0cd19, 0x428a2f98, 0x71374491] as const
const spanKeys = [0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1] as const
type Keys = readonly [number, number, number, number]

/** MurmurHash3's finaliser (Appleby, public domain): every input bit changes about half of the output bits. */
export function mix32(word: number): number {
  let hash = word | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** A Feistel network turns counters into ids that look random, and back. 16 hex digits. */
function scrambledHex(hi: number, lo: number, keys: Keys): string {
  let left = hi >>> 0
  let right = lo >>> 0
  for (let round = 0; round < 4; round += 1) {
    const next = (left ^ mix32(right ^ (keys[round] as number))) >>> 0
    left = right
    right = next
  }
  return hex32(left) + hex32(right)
}

function unscramble(words: TraceWords, keys: Keys): TraceWords {
  let left = words.hi
  let right = words.lo
  for (const key of [keys[3], keys[2], keys[1], keys[0]]) {
    const previous = (right ^ mix32(left ^ key)) >>> 0
    right = left
    left = previous
  }
  return { hi: left, lo: right }
}

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function hex32(word: number): string {
  return (hexOfByte[word >>> 24] ?? '') + (hexOfByte[(word >>> 16) & 0xff] ?? '') + (hexOfByte[(word >>> 8) & 0xff] ?? '') + (hexOfByte[word & 0xff] ?? '')
}

/** The 32 hex digits of a trace, from its two words. (0, 0) stands for "no trace" and must not be rendered. */
export function traceIdHex(hi: number, lo: number): string {
  return scrambledHex(hi, lo, highKeys) + scrambledHex(hi, lo, lowKeys)
}

/** The words of a trace id made by `traceIdHex`; null for any other text. */
export function traceWords(traceId: string): TraceWords | null {
  if (!/^[0-9a-f]{32}$/.test(traceId)) return null
  const words = unscramble({ hi: Number.parseInt(traceId.slice(16, 24), 16), lo: Number.parseInt(traceId.slice(24), 16) }, lowKeys)
  return traceIdHex(words.hi, words.lo) === traceId ? words : null
}

/** The 16 hex digits of a span, from the words of its trace and its number within the trace. */
export function spanIdHex(traceHi: number, traceLo: number, spanNumber: number): string {
  return scrambledHex((traceLo ^ mix32(traceHi)) >>> 0, spanNumber, spanKeys)
}

/** Head sampling: keeps a fixed share of traces, chosen by a hash of the id, so every part of the system agrees. */
export class TraceSampler {
  private readonly threshold: number

  /** @param rate share of traces to keep, 0 to 1 */
  constructor(rate: number) {
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`A sampling rate is between 0 and 1, got ${rate}.`)
    this.threshold = Math.round(rate * 0x1_0000_0000)
  }

  /** True when the trace is kept whatever happens in it. */
  isSampled(hi: number, lo: number): boolean {
    return mix32(lo ^ Math.imul(hi, 0x9e3779b1)) < this.threshold
  }
}
