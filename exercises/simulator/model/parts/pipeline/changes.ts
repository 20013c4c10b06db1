/** What can be done and can happen to a data pipeline. */
import { z } from 'zod'
import { duration, share } from '../../../topology/quantity.ts'
import { action, either, fault } from '../../change-kind.ts'
import type { ChangeKind } from '../../part.ts'
import { didYouMean } from '../../suggest.ts'
import type { Drift } from './drift.ts'
import type { Pipeline } from './pipeline.ts'

const minute = 60_000_000
const column = z.string()
const stage = z.string()

function refuseColumn(pipeline: Pipeline, name: string): string | null {
  const { columns } = pipeline.spec
  return columns.includes(name) ? null : `${pipeline.name} has no column "${name}".${didYouMean(name, columns)} It has: ${columns.join(', ')}.`
}

function refuseStage(pipeline: Pipeline, name: string): string | null {
  const names = pipeline.spec.stages.map((each) => each.name)
  return names.includes(name) ? null : `${pipeline.name} has no stage "${name}".${didYouMean(name, names)} It has: ${names.join(', ')}.`
}

const without = (words: readonly string[], word: string): string[] => words.filter((other) => other !== word)

export const pipelineChanges: readonly ChangeKind<Pipeline>[] = [
  fault({
    name: 'schema-change',
    summary: 'The source sends a column under another name or type. Strict stages fail, lenient ones leave it empty.',
    schema: z.strictObject({ column }),
    refuse: (pipeline: Pipeline, args) => refuseColumn(pipeline, args.column),
    apply(pipeline, args) {
      pipeline.changedColumns = [...without(pipeline.changedColumns, args.column), args.column]
      return `column ${args.column} comes otherwise`
    },
    revert(pipeline, args) {
      pipeline.changedColumns = without(pipeline.changedColumns, args.column)
    },
  }),
  fault({
    name: 'drift',
    summary: 'The values of a column shift, by standard deviations, over a time: users or the world have changed.',
    schema: z.strictObject({ column, shift: z.number().min(-20).max(20), over: duration.default(0) }),
    refuse: (pipeline: Pipeline, args) => refuseColumn(pipeline, args.column),
    apply(pipeline, args) {
      pipeline.drifts.push({ column: args.column, shift: args.shift, fromUs: pipeline.nowUs, overUs: args.over })
      return `${args.column} shifts by ${args.shift} standard deviations over ${args.over / 1e6} s`
    },
    revert(pipeline, args) {
      pipeline.drifts = pipeline.drifts.filter((drift: Drift) => drift.column !== args.column)
    },
  }),
  fault({
    name: 'concept-drift',
    summary: 'What the model looks for looks different than before, by standard deviations, over a time. Inputs as a whole do not change.',
    schema: z.strictObject({ shift: z.number().min(-20).max(20), over: duration.default(0) }),
    apply(pipeline: Pipeline, args) {
      pipeline.drifts.push({ column: null, shift: args.shift, fromUs: pipeline.nowUs, overUs: args.over })
      return `what is looked for is ${args.shift} standard deviations nearer to the rest`
    },
    revert(pipeline) {
      pipeline.drifts = pipeline.drifts.filter((drift: Drift) => drift.column !== null)
    },
  }),
  fault({
    name: 'empty-values',
    summary: 'A share of the values of a column is missing.',
    schema: z.strictObject({ column, share }),
    refuse: (pipeline: Pipeline, args) => refuseColumn(pipeline, args.column),
    apply(pipeline, args) {
      pipeline.nullShares = { ...pipeline.nullShares, [args.column]: args.share }
      return `${args.share * 100}% of ${args.column} is missing`
    },
    revert(pipeline, args) {
      pipeline.nullShares = { ...pipeline.nullShares, [args.column]: 0 }
    },
  }),
  fault({
    name: 'volume',
    summary: 'Batches have more or fewer rows.',
    schema: z.strictObject({ factor: z.number().min(0).max(1000) }),
    apply(pipeline: Pipeline, { factor }) {
      pipeline.rowFactor = factor
      return `${factor} times the rows`
    },
    revert: (pipeline) => void (pipeline.rowFactor = 1),
  }),
  fault({
    name: 'stage-fails',
    summary: 'A stage cannot reach what it reads or writes.',
    schema: z.strictObject({ stage }),
    refuse: (pipeline: Pipeline, args) => refuseStage(pipeline, args.stage),
    apply(pipeline, args) {
      pipeline.brokenStages = [...without(pipeline.brokenStages, args.stage), args.stage]
      return `${args.stage} fails`
    },
    revert(pipeline, args) {
      pipeline.brokenStages = without(pipeline.brokenStages, args.stage)
    },
  }),
  fault({
    name: 'slow-stage',
    summary: 'Runs of a stage take longer.',
    schema: z.strictObject({ stage, factor: z.number().positive().max(1000) }),
    refuse: (pipeline: Pipeline, args) => refuseStage(pipeline, args.stage),
    apply(pipeline, args) {
      pipeline.slowStages = { ...pipeline.slowStages, [args.stage]: args.factor }
      return `${args.stage} takes ${args.factor} times as long`
    },
    revert(pipeline, args) {
      pipeline.slowStages = { ...pipeline.slowStages, [args.stage]: 1 }
    },
  }),
  action({
    name: 'rerun-stage',
    summary: 'Runs the batches again that failed at a stage, or at any. What made them fail must be gone.',
    schema: z.strictObject({ stage: stage.optional() }),
    durationUs: () => minute,
    refuse: (pipeline: Pipeline, args) => (args.stage === undefined ? null : refuseStage(pipeline, args.stage)) ?? (pipeline.failedBatches === 0 ? 'No batch has failed.' : null),
    apply: (pipeline, args) => `${pipeline.rerun(args.stage)} batches run again`,
  }),
  either({
    name: 'adapt-schema',
    summary: 'Teaches the stages the new form of a column.',
    schema: z.strictObject({ column }),
    durationUs: () => 10 * minute,
    refuse: (pipeline: Pipeline, args) => refuseColumn(pipeline, args.column),
    apply(pipeline, args) {
      pipeline.adapted = [...without(pipeline.adapted, args.column), args.column]
      return `stages know the new form of ${args.column}`
    },
  }),
  action({
    name: 'retrain',
    summary: 'Trains the model on the data of now, with the labels that have come. What has changed since those it does not learn.',
    schema: z.strictObject({}),
    durationUs: () => 20 * minute,
    refuse: (pipeline: Pipeline) => (pipeline.spec.model === undefined ? `${pipeline.name} has no model.` : null),
    apply(pipeline) {
      const before = pipeline.model.version
      return `model v${before} -> v${pipeline.train().version}`
    },
  }),
  action({
    name: 'rollback-model',
    summary: 'Goes back to the model before.',
    schema: z.strictObject({}),
    durationUs: () => 2 * minute,
    refuse: (pipeline: Pipeline) => (pipeline.models.length < 2 ? 'There is no model before this one.' : null),
    apply(pipeline) {
      const now = pipeline.models.pop()
      return `model v${now?.version ?? 0} -> v${pipeline.model.version}`
    },
  }),
  either({
    name: 'set-threshold',
    summary: 'Changes the score above which rows are flagged: lower finds more, and is wrong more often.',
    schema: z.strictObject({ threshold: z.number().min(-10).max(20) }),
    durationUs: () => minute,
    refuse: (pipeline: Pipeline) => (pipeline.spec.model === undefined ? `${pipeline.name} has no model.` : null),
    apply(pipeline, args) {
      const before = pipeline.threshold
      pipeline.threshold = args.threshold
      return `threshold ${before} -> ${args.threshold}`
    },
  }),
  either({
    name: 'pause',
    summary: 'No more batches begin.',
    schema: z.strictObject({}),
    durationUs: () => 5_000_000,
    apply(pipeline: Pipeline) {
      pipeline.paused = true
      return 'paused'
    },
    revert: (pipeline) => void (pipeline.paused = false),
  }),
  action({
    name: 'resume',
    summary: 'Batches begin again when they are due.',
    schema: z.strictObject({}),
    durationUs: () => 5_000_000,
    refuse: (pipeline: Pipeline) => (pipeline.paused ? null : `${pipeline.name} is not paused.`),
    apply(pipeline) {
      pipeline.paused = false
      return 'runs when it is due'
    },
  }),
]
