import { Sampler } from '../../../engine/index.ts'
import type { RandomStream } from '../../../engine/index.ts'
import { BasePart } from '../../part.ts'
import type { World } from '../../world.ts'
import { driftAt, stabilityIndex } from './drift.ts'
import type { Drift } from './drift.ts'
import { score } from './model-quality.ts'
import type { BatchData, TrainedModel, Verdicts } from './model-quality.ts'
import { PipelineSignals } from './pipeline-signals.ts'
import type { PipelineSpec } from './schema.ts'

const event = { due: 0, stageDone: 1, labels: 2 } as const

/** A batch on its way through the stages. Plain data. */
export interface Batch extends BatchData {
  readonly id: number
  /** Columns that came otherwise than the stages know them. */
  readonly changed: readonly string[]
}

interface StageState {
  /** Batches that wait, the first one being worked on. */
  readonly queue: readonly Batch[]
  /** Batches that failed here and can be run again. */
  readonly failed: readonly Batch[]
}

/** Why a run of a stage fails; null when it does not. */
type Complaint = string | null

export interface PipelineState {
  readonly stages: readonly StageState[]
  readonly numbers: readonly number[]
  readonly drifts: readonly Drift[]
  readonly changedColumns: readonly string[]
  readonly adapted: readonly string[]
  readonly brokenStages: readonly string[]
  readonly slowStages: Readonly<Record<string, number>>
  readonly rowFactor: number
  readonly nullShares: Readonly<Record<string, number>>
  readonly paused: boolean
  readonly models: readonly TrainedModel[]
  readonly threshold: number
  readonly waitingLabels: readonly (Verdicts & { readonly id: number })[]
  /** Labels of the latest batches. */
  readonly window: readonly number[]
}

/** Batches of rows that go through stages, and a model that scores what arrives. */
export class Pipeline extends BasePart<PipelineState> {
  readonly spec: PipelineSpec
  drifts: Drift[] = []
  /** Columns that the source sends otherwise since its schema has changed, and those that the stages have learned. */
  changedColumns: string[] = []
  adapted: string[] = []
  brokenStages: string[] = []
  slowStages: Readonly<Record<string, number>> = {}
  rowFactor = 1
  nullShares: Readonly<Record<string, number>> = {}
  paused = false
  models: TrainedModel[] = [{ version: 1, shifts: {}, concept: 0 }]
  threshold: number
  private readonly signals: PipelineSignals
  private readonly samplers: readonly Sampler[]
  private readonly times: RandomStream
  private readonly data: RandomStream
  private queues: Batch[][]
  private failures: Batch[][]
  private waitingLabels: (Verdicts & { readonly id: number })[] = []
  private ids = 0
  /** Time of the newest data that has been loaded. */
  private loadedUs = 0

  constructor(world: World, name: string, spec: PipelineSpec) {
    super(world, name)
    this.spec = spec
    this.threshold = spec.model?.threshold ?? 0
    this.samplers = spec.stages.map(({ takes }) => new Sampler(takes))
    this.queues = spec.stages.map(() => [])
    this.failures = spec.stages.map(() => [])
    this.times = world.stream(`${name}/times`)
    this.data = world.stream(`${name}/data`)
    this.signals = new PipelineSignals(world, this)
    world.schedule(spec.first, this.index, event.due)
  }

  override handle(kind: number, a: number, b: number): void {
    if (kind === event.due) {
      this.world.schedule(this.spec.every, this.index, event.due)
      if (!this.paused) this.begin()
    } else if (kind === event.stageDone) this.stageDone(a, b)
    else this.learnLabels(a)
  }

  get nowUs(): number {
    return this.world.nowUs
  }

  /** Runs again what has failed at a stage, or at any. Returns how many batches. */
  rerun(stage?: string): number {
    let count = 0
    for (const [index, { name }] of this.spec.stages.entries()) {
      if (stage !== undefined && stage !== name) continue
      const batches = this.failures[index] ?? []
      this.failures[index] = []
      count += batches.length
      // The data is read again, in the form that it has now.
      for (const batch of batches) this.enter(index, { ...batch, changed: this.changedColumns.slice() })
    }
    return count
  }

  /** Batches that failed and wait to be run again. */
  get failedBatches(): number {
    return this.failures.reduce((sum, batches) => sum + batches.length, 0)
  }

  /** Age of the newest data that has been loaded, in microseconds. */
  get stalenessUs(): number {
    return this.world.nowUs - this.loadedUs
  }

  /** Trains the model on what is known now: inputs of the present, and labels as far as they have come. */
  train(): TrainedModel {
    const { nowUs } = this.world
    const delayUs = this.spec.model?.['label-delay'] ?? 0
    const model = {
      version: (this.models.at(-1)?.version ?? 0) + 1,
      shifts: Object.fromEntries(this.spec.columns.map((column) => [column, driftAt(this.drifts, column, nowUs)])),
      concept: driftAt(this.drifts, null, nowUs - delayUs),
    }
    this.models.push(model)
    return model
  }

  get model(): TrainedModel {
    return this.models.at(-1) as TrainedModel
  }

  override measure(): void {
    this.signals.measure(this.queues.map(({ length }) => length))
  }

  save(): PipelineState {
    return {
      stages: this.queues.map((queue, index) => ({ queue: queue.slice(), failed: (this.failures[index] ?? []).slice() })), numbers: [this.ids, this.loadedUs],
      drifts: this.drifts.slice(), changedColumns: this.changedColumns.slice(), adapted: this.adapted.slice(), brokenStages: this.brokenStages.slice(), slowStages: this.slowStages,
      rowFactor: this.rowFactor, nullShares: this.nullShares, paused: this.paused, models: this.models.slice(), threshold: this.threshold, waitingLabels: this.waitingLabels.slice(),
      window: this.signals.save(),
    }
  }

  load(state: PipelineState): void {
    const { stages, numbers, window, ...rest } = state
    this.queues = stages.map(({ queue }) => queue.slice())
    this.failures = stages.map(({ failed }) => failed.slice())
    this.ids = numbers[0] ?? 0
    this.loadedUs = numbers[1] ?? 0
    Object.assign(this, { ...rest, drifts: rest.drifts.slice(), changedColumns: rest.changedColumns.slice(), adapted: rest.adapted.slice(), brokenStages: rest.brokenStages.slice(), models: rest.models.slice(), waitingLabels: rest.waitingLabels.slice() })
    this.signals.load(window)
  }

  private begin(): void {
    this.ids += 1
    const rows = Math.max(0, Math.round(this.spec.rows * this.rowFactor * (0.95 + 0.1 * this.data.uniform())))
    this.enter(0, { id: this.ids, rows, atUs: this.world.nowUs, nulls: this.nullShares, changed: this.changedColumns.slice() })
  }

  private enter(stage: number, batch: Batch): void {
    const queue = this.queues[stage] as Batch[]
    queue.push(batch)
    if (queue.length === 1) this.work(stage, batch)
  }

  private work(stage: number, batch: Batch): void {
    const slow = this.slowStages[this.spec.stages[stage]?.name ?? ''] ?? 1
    const us = Math.max(1, Math.round((this.samplers[stage]?.sampleUs(this.times) ?? 0) * slow))
    this.world.schedule(us, this.index, event.stageDone, stage, us)
    this.signals.stageBegan(stage, batch)
  }

  private stageDone(stage: number, tookUs: number): void {
    const queue = this.queues[stage] as Batch[]
    const batch = queue.shift()
    const spec = this.spec.stages[stage]
    if (batch === undefined || spec === undefined) return
    const seen = spec.schema === 'lenient' ? this.withoutUnknown(batch) : batch
    const rows = Math.round(seen.rows * spec.keeps)
    const complaint = this.complaint(stage, seen)
    this.signals.stageEnded(stage, batch, rows, tookUs, complaint)
    if (complaint !== null) (this.failures[stage] as Batch[]).push(batch)
    else if (stage + 1 < this.spec.stages.length) this.enter(stage + 1, { ...seen, rows })
    else this.loaded({ ...seen, rows })
    const next = queue[0]
    if (next !== undefined) this.work(stage, next)
  }

  /** A stage that takes what comes leaves columns empty that it does not find. */
  private withoutUnknown(batch: Batch): Batch {
    const unknown = batch.changed.filter((column) => !this.adapted.includes(column))
    if (unknown.length === 0) return batch
    return { ...batch, changed: [], nulls: { ...batch.nulls, ...Object.fromEntries(unknown.map((column) => [column, 1])) } }
  }

  private complaint(stage: number, batch: Batch): Complaint {
    const spec = this.spec.stages[stage]
    if (spec === undefined) return null
    if (this.brokenStages.includes(spec.name)) return 'connection to source refused'
    const unknown = batch.changed.filter((column) => !this.adapted.includes(column))
    if (unknown.length > 0) return `SchemaMismatch: column ${unknown.join(', ')} not found or of another type`
    const { checks } = spec
    if (checks['least-rows'] !== undefined && batch.rows < checks['least-rows'] * this.spec.rows) return `DataQuality: ${batch.rows} rows are fewer than ${Math.round(checks['least-rows'] * 100)}% of the usual`
    const most = checks['most-nulls']
    const empty = most === undefined ? undefined : this.spec.columns.find((column) => (batch.nulls[column] ?? 0) > most)
    return empty === undefined ? null : `DataQuality: ${Math.round((batch.nulls[empty] ?? 0) * 100)}% of ${empty} is null`
  }

  private loaded(batch: Batch): void {
    const { model: spec, columns } = this.spec
    this.loadedUs = Math.max(this.loadedUs, batch.atUs)
    for (const column of columns) {
      const shift = driftAt(this.drifts, column, batch.atUs)
      const nulls = batch.nulls[column] ?? 0
      this.signals.column(column, nulls, shift * (1 - nulls), stabilityIndex(this.data, shift - (this.model.shifts[column] ?? 0), nulls, batch.rows))
    }
    if (spec === undefined) return
    const verdicts = score(this.data, spec, columns, this.model, this.drifts, batch, this.threshold)
    this.signals.predicted(verdicts, this.model.version)
    this.waitingLabels.push({ id: batch.id, ...verdicts })
    this.world.schedule(spec['label-delay'], this.index, event.labels, batch.id)
  }

  private learnLabels(id: number): void {
    const verdicts = this.waitingLabels.find((labels) => labels.id === id)
    this.waitingLabels = this.waitingLabels.filter((labels) => labels !== verdicts)
    if (verdicts !== undefined) this.signals.labelled(verdicts)
  }
}
