/**
 * Plain queues on the engine: a station, sources for it, and a measured M/G/c/K queue. They show how components are
 * written, and theory is checked through them by the same engine that carries the model.
 */
export { Station } from './station.ts'
export type { Outlet, StationAverages, StationCounts, StationOptions } from './station.ts'
export { ClosedPopulation, OpenSource } from './sources.ts'
export { measureOpenQueue, mostRequests } from './open-queue.ts'
export type { OpenQueueOptions, OpenQueueResult } from './open-queue.ts'
export { intervalOfMean, studentQuantile } from './confidence.ts'
export type { Interval } from './confidence.ts'
