/** Records: rows whose versions are followed from the database through caches to whoever looks, to tell what is outdated and what was lost. */
import { z } from 'zod'
import type { Counter } from '../../telemetry/index.ts'
import { outcomeCode } from '../outcome.ts'
import { BasePart } from '../part.ts'
import type { PartKind, StepKind } from '../part.ts'
import type { World } from '../world.ts'

const recordsSchema = z.strictObject({
  /** A comparison of views with the records runs all the time and is counted; most systems have none. */
  audit: z.boolean().default(false),
})
type RecordsSpec = z.output<typeof recordsSchema>

const recordStep = { see: 0, change: 1, compare: 2 } as const
/** Bits of the operand of a change. */
const fromView = 1
const checked = 2

interface RecordsState {
  readonly versions: ReadonlyMap<number, number>
}

/**
 * The versions of rows, by key. A request carries the version that it has seen last; a cache keeps it with what it
 * stores. It takes no time: what reading and writing cost is the database's.
 */
export class Records extends BasePart<RecordsState> {
  private readonly spec: RecordsSpec
  private versions = new Map<number, number>()
  private counters = new Map<string, Counter>()

  constructor(world: World, name: string, spec: RecordsSpec) {
    super(world, name)
    this.spec = spec
  }

  override step(call: number, code: number, operand: number): boolean {
    const { calls } = this.world
    const key = calls.key[call] as number
    const now = this.versions.get(key) ?? 0
    const seen = calls.version[call] as number
    if (code === recordStep.see) calls.version[call] = now
    else if (code === recordStep.change) return this.change(call, key, now, seen, operand)
    else {
      calls.result[call] = seen < 0 || seen >= now ? 1 : 0
      if (this.spec.audit) this.count('record_views_total', 'Views that were compared with the record.', { result: calls.result[call] === 1 ? 'current' : 'outdated' })
    }
    return true
  }

  save(): RecordsState {
    return { versions: new Map(this.versions) }
  }

  load(state: RecordsState): void {
    this.versions = new Map(state.versions)
    this.counters = new Map()
  }

  private change(call: number, key: number, now: number, seen: number, operand: number): boolean {
    const { calls, parts } = this.world
    const isOutdated = (operand & fromView) !== 0 && seen >= 0 && seen < now
    if (isOutdated && (operand & checked) !== 0) {
      calls.causePart[call] = this.index
      calls.cause[call] = outcomeCode.conflict
      parts[calls.callee[call] as number]?.resume(call, outcomeCode.conflict)
      return false
    }
    this.count('reconciliation_changes_total', 'Changes of rows, by whether they kept the change before them, as the comparison with the journal finds.', { result: isOutdated ? 'overwrote' : 'kept' })
    this.versions.set(key, now + 1)
    calls.version[call] = now + 1
    return true
  }

  private count(name: string, help: string, labels: Readonly<Record<string, string>>): void {
    const word = `${name} ${Object.values(labels).join(' ')}`
    let counter = this.counters.get(word)
    if (counter === undefined) this.counters.set(word, (counter = this.world.telemetry.target({ job: 'reconciliation', records: this.name }, 0).counter(name, help, labels)))
    counter.add(1)
  }
}

const changeSchema = z.strictObject({ change: z.string(), from: z.literal('view').optional(), check: z.boolean().default(false) }).refine(({ from, check }) => from !== undefined || !check, { error: 'check needs from: view.' })

function step<Options extends Record<string, unknown>>(keyword: keyof typeof recordStep, summary: string, schema: z.ZodType<Options>, operand: (options: Options) => number): StepKind {
  const kind: StepKind<Options> = {
    keyword,
    summary,
    schema,
    compile(options, compiler, path) {
      const part = compiler.part(String(options[keyword]), [...path, keyword])
      if (part instanceof Records) compiler.partStep(part, recordStep[keyword], operand(options))
      else if (part !== null) compiler.problem([...path, keyword], `"${part.name}" is not under records.`)
    },
  }
  return kind as StepKind
}

/** Rows with versions. */
export const recordsKind: PartKind<RecordsSpec, Records> = {
  kind: 'records',
  section: 'records',
  summary: 'Rows whose versions are followed through caches, to tell views that are outdated and changes that were lost.',
  schema: recordsSchema,
  build: (spec, name, { world }) => new Records(world, name, spec),
  steps: [
    step('see', 'see: profiles, after the query that reads the row: the request has its version now, and a cache stores it with the value.', z.strictObject({ see: z.string() }), () => 0),
    step('change', 'change: profiles, when the row is committed; from: view says that the new value was worked out from what the request has seen, check: true refuses that with a conflict when somebody else has changed the row since.', changeSchema, ({ from, check }) => (from === undefined ? 0 : fromView) + (check ? checked : 0)),
    step('compare', 'compare: profiles sets the result: whether what the request has seen is still the record.', z.strictObject({ compare: z.string() }), () => 0),
  ],
}
