import { count } from '../results/run-text.ts'
import type { Rebuilt } from './use-lab.ts'

/** What became of the changes of an earlier visit, in a sentence or two. */
export function rebuiltTold({ made, lost, beyond }: Rebuilt): string {
  const total = made + lost.length + beyond
  if (made === total) return `The data was built again with your ${count(made, 'change')} of an earlier visit.`
  const [first = ''] = lost
  const sql = first.replace(/\s+/g, ' ').trim()
  const why =
    lost.length > 0
      ? `${total === 1 ? 'It could not be repeated' : 'From this one on they could not be repeated'}: ${sql.length > 80 ? `${sql.slice(0, 79)}…` : sql}`
      : 'The later ones were too many to keep.'
  const which = made === 0 ? 'without' : `with the first ${made.toLocaleString('en')} of`
  return `The data was built again ${which} your ${count(total, 'change')} of an earlier visit. ${why}`
}
