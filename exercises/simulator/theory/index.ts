/**
 * Closed forms of queueing theory: what the simulator is proven against, and what live figures compute. Rates are per
 * unit of time and times in that unit; every function names its source. Arguments out of range throw RangeError.
 */
export { birthDeathProbabilities, meanOverStates } from './birth-death.ts'
export { erlangB, erlangC } from './erlang.ts'
export { mg1, mm1, mmc, mmck, mmcWaitQuantile } from './open-queues.ts'
export type { QueueFigures } from './open-queues.ts'
export { machineRepair, responseTimeOfUsers } from './closed-queues.ts'
export type { ClosedFigures } from './closed-queues.ts'
export { amdahlSpeedup, littleNumber, littleTime, utilisationOf } from './laws.ts'
