/**
 * The model: a world of parts built from a topology. `readTopology(file, yaml)` checks and reads, `createWorld(topology,
 * {seed})` builds, `world.runUntil(us)` runs, `world.act({action, target, ...})` operates, `world.telemetry` tells.
 * To add a part: one file in `parts/` that exports a `PartKind`, one line in `registry.ts`.
 */
export { createWorld } from './create-world.ts'
export { readTopology } from './read-topology.ts'
export { World } from './world.ts'
export type { WorldOptions, WorldState } from './world.ts'
export { listChanges } from './changes.ts'
export type { ActionRequest, ActionResult, ListedChange } from './changes.ts'
export { partKinds } from './registry.ts'
export { coreSteps } from './program/core-steps.ts'
export { BasePart } from './part.ts'
export type { BuildContext, ChangeKind, Part, PartKind, Path, StepCompiler, StepKind } from './part.ts'
export type { PartSpec, TelemetrySettings, TimedChange, Topology } from '../topology/model.ts'
