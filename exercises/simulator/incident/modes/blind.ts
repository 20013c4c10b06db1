/** Telemetry that is missing: what is not collected, chosen so that what is left still tells the cause. */
import { RandomStream } from '../../engine/random-stream.ts'
import { parsePromql, selectorsOf } from '../../promql/index.ts'
import type { IncidentSpec } from '../schema.ts'

/** Before the shift opens, something of the collection broke. */
const brokenBeforeUs = 5 * 60_000_000
const logDelay = '3m'

type Evidence = IncidentSpec['truth']['evidence'][number]

/** A part with metrics of its own. */
export interface Part {
  readonly name: string
  readonly section: 'services' | 'databases' | 'caches'
}

/** What a topology's telemetry says of it, as it is written there. */
export interface BlindPlan {
  /** Its metrics are not scraped; null where all are needed. */
  readonly job: Part | null
  readonly losesTraces: boolean
}

/** What is not collected with this seed. */
export function planBlindness(spec: IncidentSpec, alerts: readonly string[], parts: readonly Part[], seed: number | string): BlindPlan {
  const { truth, objective, budget, expert } = spec
  const losesTraces = isToldWithout(spec, ({ kind }) => kind === 'trace')
  // What decides about page, objective and score stays measured: it is the system's, not the learner's.
  const needed = [...alerts, objective.when, budget.good, budget.total, ...expert.flatMap(({ when }) => (when === undefined ? [] : [when]))]
  const candidates = parts.filter((part) => !needed.some((query) => names(query, part)) && isToldWithout(spec, (evidence) => (losesTraces && evidence.kind === 'trace') || isOf(evidence, part)))
  // Blindness that hides nothing of the cause is none.
  const telling = candidates.filter((part) => truth.evidence.some((evidence) => isOf(evidence, part)))
  const from = telling.length > 0 ? telling : candidates
  return { losesTraces, job: from[Math.floor(new RandomStream(seed, `${spec.id}/blind`).uniform() * from.length)] ?? null }
}

/** The telemetry of a topology as it is written, with what is missing. */
export function blindTelemetry(telemetry: unknown, { job, losesTraces }: BlindPlan, historyUs: number): Record<string, unknown> {
  const from = `${String(Math.max(1, historyUs - brokenBeforeUs))}us`
  return { ...(typeof telemetry === 'object' ? telemetry : {}), missing: { from, 'late-logs': logDelay, ...(losesTraces ? { traces: true } : {}), ...(job === null ? {} : { jobs: [job.name] }) } }
}

/** Without the evidence that nobody can see then. */
export function blindSpec(spec: IncidentSpec, { job, losesTraces }: BlindPlan): IncidentSpec {
  const isSeen = (evidence: Evidence): boolean => !(losesTraces && evidence.kind === 'trace') && (job === null || !isOf(evidence, job))
  return { ...spec, truth: { ...spec.truth, evidence: spec.truth.evidence.filter(isSeen) } }
}

/** Whether each rival is still excluded by something when some evidence is gone. */
function isToldWithout({ truth, rivals }: IncidentSpec, isGone: (evidence: Evidence) => boolean): boolean {
  const left = new Set(truth.evidence.filter((evidence) => !isGone(evidence)).flatMap(({ tellsApartFrom }) => tellsApartFrom))
  return rivals.every(({ id }) => left.has(id))
}

function isOf({ kind, query }: Evidence, part: Part): boolean {
  return kind === 'promql' && names(query, part)
}

/** Which parts measure a metric. */
function sectionOf(metric: string): Part['section'] | null {
  if (/^(?:user_|ALERTS$|kafka_|kube_|node_|external_|saga_)/.test(metric)) return null
  return /^db_(?!pool_)/.test(metric) ? 'databases' : metric.startsWith('cache_') ? 'caches' : 'services'
}

/** Whether a query may read metrics of a part. Without a job it may read those of any that measures such a thing. */
function names(query: string, part: Part): boolean {
  const parsed = parsePromql(query)
  if (!parsed.ok) return false
  return selectorsOf(parsed.expr).some((matchers) => {
    const job = matchers.find(({ name }) => name === 'job')
    if (job === undefined) return matchers.some(({ name, value }) => name === '__name__' && sectionOf(value) === part.section)
    switch (job.op) {
      case '=':
        return job.value === part.name
      case '=~':
        return new RegExp(`^(?:${job.value})$`).test(part.name)
      default:
        return true
    }
  })
}
