/** What a seed changes in an incident beside its draws: numbers, names and times, and the texts that quote them. */
export { faultsOf, varyTopology } from './apply.ts'
export { drawValues } from './draw.ts'
export type { Varied } from './draw.ts'
export { fillDeep, mistakesIn } from './fill.ts'
export { readVary } from './read-vary.ts'
