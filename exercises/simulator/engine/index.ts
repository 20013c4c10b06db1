/**
 * The engine: a deterministic discrete-event simulation in whole microseconds.
 *
 * ```ts
 * class Ticker implements Component<{ ticks: number }> {
 *   ticks = 0
 *   private readonly simulation: Simulation
 *   private readonly id: ComponentId
 *   private readonly delay = new Sampler({ kind: 'exponential', meanMs: 10 })
 *   private readonly stream: RandomStream
 *   constructor(simulation: Simulation) {
 *     this.simulation = simulation
 *     this.id = simulation.register('ticker', this)
 *     this.stream = simulation.stream('ticker/delay')
 *     simulation.schedule(0, this.id, 0)
 *   }
 *   handle(): void {
 *     this.ticks += 1
 *     this.simulation.schedule(this.delay.sampleUs(this.stream), this.id, 0)
 *   }
 *   save() { return { ticks: this.ticks } }
 *   load(state: { ticks: number }): void { this.ticks = state.ticks }
 * }
 * const run = startRun({ seed: 7, build: (simulation) => new Ticker(simulation) })
 * run.simulation.runUntil(1_000_000)   // one simulated second
 * const other = run.fork()             // the same state, its own future
 * ```
 *
 * Rules for components, which keep runs repeatable and snapshots true:
 * - state between events is plain data; no closures, no promises, no class instances of your own;
 * - what is drawn or decided uses `portableLog`, `portableExp` and `portablePower`: those of `Math` differ between hosts;
 * - randomness comes from your own named streams, asked for when the world is built;
 * - a call to another component is an ordinary method call; only the passing of time is an event.
 */
export { latestTimeUs, mostPendingEvents, mostScheduledEvents, noTimer } from './event-queue.ts'
export type { EventQueueState, TimerHandle } from './event-queue.ts'
export { Simulation, mostEventsAtOneInstant } from './simulation.ts'
export type { Component, ComponentId, RunOutcome, SimulationState } from './simulation.ts'
export { startRun } from './run.ts'
export type { Run, RunOptions } from './run.ts'
export { RandomStream } from './random-stream.ts'
export { distributionSchema } from './distribution.ts'
export type { Distribution } from './distribution.ts'
export { Sampler, longestSampleUs } from './sampler.ts'
export { portableExp, portableLog, portablePower } from './portable-math.ts'
export { normalQuantile } from './normal-quantile.ts'
export { copyState, hashState } from './plain-state.ts'
