import type { Shift } from '../incident/shift/index.ts'

/** What a line reads and operates: a shift, or a world in which nobody acts. */
export type Operated = Pick<Shift, 'world' | 'nowUs' | 'limitUs' | 'hasEnded' | 'act' | 'add'>
