/** Draws the values of a seed. Small, so that a window can do it for the texts that it shows. */
import { RandomStream } from '../../engine/random-stream.ts'
import type { Values } from './arithmetic.ts'

/** What varies, with what the files say: plain data. */
export type Varied =
  | { readonly name: string; readonly kind: 'number'; readonly base: number; readonly from: number; readonly to: number; readonly step: number }
  | { readonly name: string; readonly kind: 'word'; readonly base: string; readonly among: readonly string[] }

/** The seed whose world is the one that the files describe. */
const seedOfTheFiles = '1'

/** Name of the number of microseconds by which all faults come later. No text can name it. */
export const onsetName = '(onset)'

/** The values of a seed. Each has a random stream of its own, so that a new one shifts no other. */
export function drawValues(incident: string, varied: readonly Varied[], seed: number | string): Values {
  return new Map(varied.map((one) => [one.name, String(seed) === seedOfTheFiles ? one.base : drawn(incident, one, seed)]))
}

function drawn(incident: string, varied: Varied, seed: number | string): number | string {
  const uniform = new RandomStream(seed, `${incident}/vary/${varied.name}`).uniform()
  if (varied.kind === 'word') return varied.among[Math.floor(uniform * varied.among.length)] ?? varied.base
  const { from, to, step } = varied
  const steps = Math.floor((to - from) / step + 1e-9)
  return Number((from + step * Math.floor(uniform * (steps + 1))).toPrecision(12))
}
