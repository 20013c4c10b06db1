import type { Counter, Gauge, Histogram, MetricTarget } from '../../../telemetry/index.ts'
import type { World } from '../../world.ts'
import type { Verdicts } from './model-quality.ts'
import type { Batch, Pipeline } from './pipeline.ts'

const runBounds: readonly number[] = [1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600]
/** Batches over which precision and recall are told. */
const windowBatches = 12

/** What a data team watches: runs and rows of stages, freshness, columns, and the model's precision and recall. */
export class PipelineSignals {
  private readonly world: World
  private readonly pipeline: Pipeline
  private gauges = new Map<string, Gauge>()
  private counters = new Map<string, Counter>()
  private histograms = new Map<string, Histogram>()
  /** Labels of the latest batches: true and false positives, false and true negatives of each. */
  private window: number[] = []

  constructor(world: World, pipeline: Pipeline) {
    this.world = world
    this.pipeline = pipeline
  }

  save(): readonly number[] {
    return this.window.slice()
  }

  /** Restores the window, and forgets all handles, to ask for them again. */
  load(window: readonly number[]): void {
    this.window = window.slice()
    this.gauges = new Map()
    this.counters = new Map()
    this.histograms = new Map()
  }

  measure(queued: readonly number[]): void {
    this.gauge('pipeline_freshness_seconds', 'Age of the newest data that has been loaded.').set(this.pipeline.stalenessUs / 1e6)
    this.gauge('pipeline_failed_batches', 'Batches that failed and wait to be run again.').set(this.pipeline.failedBatches)
    for (const [stage, length] of queued.entries()) this.gauge('pipeline_stage_batches', 'Batches that a stage has, at work and waiting.', { stage: this.stageName(stage) }).set(length)
  }

  stageBegan(stage: number, batch: Batch): void {
    this.log('info', 'stage {stage} began batch {batch}: {rows} rows', [['stage', this.stageName(stage)]], [['batch', batch.id], ['rows', batch.rows]])
  }

  stageEnded(stage: number, batch: Batch, rows: number, tookUs: number, complaint: string | null): void {
    const name = this.stageName(stage)
    this.counter('pipeline_stage_runs_total', 'Runs of a stage, by how they ended.', { stage: name, outcome: complaint === null ? 'success' : 'failed' }).add(1)
    this.histogram(name).observe(tookUs / 1e6)
    if (complaint !== null) {
      this.log('error', 'stage {stage} failed on batch {batch}: {error}', [['stage', name], ['error', complaint]], [['batch', batch.id]])
      return
    }
    this.gauge('pipeline_stage_rows', 'Rows of the last batch that a stage let through.', { stage: name }).set(rows)
    this.counter('pipeline_stage_rows_total', 'Rows that a stage let through.', { stage: name }).add(rows)
    this.log('info', 'stage {stage} ended batch {batch}: {rows} rows, {duration_ms} ms', [['stage', name]], [['batch', batch.id], ['rows', rows], ['duration_ms', Math.round(tookUs / 1000)]])
  }

  /** What a column looked like in a batch that was loaded. */
  column(column: string, nulls: number, mean: number, stability: number): void {
    this.gauge('feature_null_ratio', 'Share of values that are empty in the last batch.', { feature: column }).set(nulls)
    this.gauge('feature_mean', 'Mean in the last batch, in standard deviations of the first training data.', { feature: column }).set(mean)
    this.gauge('feature_psi', 'Population stability index of the last batch against the training data.', { feature: column }).set(stability)
  }

  /** What the model says, at once. */
  predicted(verdicts: Verdicts, version: number): void {
    const { truePositives, falsePositives, falseNegatives, trueNegatives } = verdicts
    const flagged = truePositives + falsePositives
    const rows = flagged + falseNegatives + trueNegatives
    this.counter('model_predictions_total', 'Rows that were scored.', { version: `v${version}`, decision: 'flagged' }).add(flagged)
    this.counter('model_predictions_total', 'Rows that were scored.', { version: `v${version}`, decision: 'passed' }).add(rows - flagged)
    this.gauge('model_flagged_ratio', 'Share of the last batch that was flagged.').set(rows === 0 ? 0 : flagged / rows)
  }

  /** What was true, as late as it is known. */
  labelled({ truePositives, falsePositives, falseNegatives, trueNegatives }: Verdicts): void {
    const count = (outcome: string, amount: number): void => this.counter('model_labels_total', 'Rows of which it is known what they were.', { outcome }).add(amount)
    count('true_positive', truePositives)
    count('false_positive', falsePositives)
    count('false_negative', falseNegatives)
    count('true_negative', trueNegatives)
    this.window.push(truePositives, falsePositives, falseNegatives, trueNegatives)
    if (this.window.length > windowBatches * 4) this.window.splice(0, 4)
    const [found = 0, wrong = 0, missed = 0, passed = 0] = [0, 1, 2, 3].map((place) => this.window.reduce((sum, value, index) => (index % 4 === place ? sum + value : sum), 0))
    this.gauge('model_precision', 'Share of flagged rows that deserved it, of the latest batches whose labels have come.').set(found + wrong === 0 ? Number.NaN : found / (found + wrong))
    this.gauge('model_recall', 'Share of what was to be found that was flagged, of the latest batches whose labels have come.').set(found + missed === 0 ? Number.NaN : found / (found + missed))
    this.gauge('model_accuracy', 'Share of rows that were judged rightly, of the latest batches whose labels have come.').set((found + passed) / Math.max(1, found + wrong + missed + passed))
  }

  private stageName(stage: number): string {
    return this.pipeline.spec.stages[stage]?.name ?? ''
  }

  private log(level: 'info' | 'error', message: string, texts: readonly [string, string][], numbers: readonly [string, number][]): void {
    const { telemetry, nowUs } = this.world
    const fields = [...texts.map(([name]) => ({ name, kind: 'text' as const })), ...numbers.map(([name]) => ({ name, kind: 'number' as const }))]
    telemetry.logTemplate({ labels: { service: this.pipeline.name }, level, message, fields }).write(nowUs, 0, 0, 0, ...texts.map(([, text]) => telemetry.intern(text)), ...numbers.map(([, value]) => value))
  }

  private get target(): MetricTarget {
    return this.world.telemetry.target({ job: 'pipeline', pipeline: this.pipeline.name }, 0)
  }

  private gauge(name: string, help: string, labels: Readonly<Record<string, string>> = {}): Gauge {
    const key = `${name} ${Object.values(labels).join(' ')}`
    let gauge = this.gauges.get(key)
    if (gauge === undefined) this.gauges.set(key, (gauge = this.target.gauge(name, help, labels)))
    return gauge
  }

  private counter(name: string, help: string, labels: Readonly<Record<string, string>>): Counter {
    const key = `${name} ${Object.values(labels).join(' ')}`
    let counter = this.counters.get(key)
    if (counter === undefined) this.counters.set(key, (counter = this.target.counter(name, help, labels)))
    return counter
  }

  private histogram(stage: string): Histogram {
    let histogram = this.histograms.get(stage)
    if (histogram === undefined) this.histograms.set(stage, (histogram = this.target.histogram('pipeline_stage_duration_seconds', 'Time of a run of a stage.', { stage }, runBounds)))
    return histogram
  }
}
