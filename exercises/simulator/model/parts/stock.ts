/** Stocks: things of which there are so many, that requests reserve, sell and release. */
import { z } from 'zod'
import type { Counter, Gauge } from '../../telemetry/index.ts'
import { positiveCount, positiveDuration } from '../../topology/quantity.ts'
import { action } from '../change-kind.ts'
import { outcomeCode } from '../outcome.ts'
import { BasePart } from '../part.ts'
import type { PartKind, StepKind } from '../part.ts'
import type { World } from '../world.ts'

const stockSchema = z.strictObject({
  /** Things on the shelf when the world begins. */
  units: positiveCount,
  /** How long after a sale another one takes the place of what was sold; without it nothing comes. */
  restock: positiveDuration.optional(),
})
type StockSpec = z.output<typeof stockSchema>

/** Steps of programs. */
const stockStep = { reserve: 0, sell: 1, release: 2 } as const

interface StockState {
  readonly free: number
  readonly reserved: ReadonlyMap<number, number>
}

interface StockInstruments {
  readonly free: Gauge
  readonly reserved: Gauge
  readonly oldest: Gauge
  readonly reservations: Counter
  readonly refusals: Counter
  readonly sales: Counter
  readonly releases: Counter
}

/** One unit for each key: a reservation, sale or release that comes twice changes nothing. */
export class Stock extends BasePart<StockState> {
  free: number
  /** Time of the reservation, by key. */
  reserved = new Map<number, number>()
  private readonly spec: StockSpec
  private instruments: StockInstruments | null = null

  constructor(world: World, name: string, spec: StockSpec) {
    super(world, name)
    this.spec = spec
    this.free = spec.units
  }

  override step(call: number, code: number): boolean {
    const { calls, nowUs, parts } = this.world
    const key = calls.key[call] as number
    if (code !== stockStep.reserve) {
      this.settle(key, code === stockStep.sell)
      return true
    }
    if (this.reserved.has(key)) return true
    if (this.free > 0) {
      this.free -= 1
      this.reserved.set(key, nowUs)
      this.made().reservations.add(1)
      return true
    }
    this.made().refusals.add(1)
    calls.causePart[call] = this.index
    calls.cause[call] = outcomeCode.conflict
    parts[calls.callee[call] as number]?.resume(call, outcomeCode.conflict)
    return false
  }

  /** Another unit comes to the shelf. */
  override handle(): void {
    this.free += 1
  }

  override measure(): void {
    const made = this.made()
    // Keys stand in the order of their reservations.
    const [oldestUs = this.world.nowUs] = this.reserved.values()
    made.free.set(this.free)
    made.reserved.set(this.reserved.size)
    made.oldest.set((this.world.nowUs - oldestUs) / 1e6)
  }

  save(): StockState {
    return { free: this.free, reserved: new Map(this.reserved) }
  }

  load(state: StockState): void {
    this.free = state.free
    this.reserved = new Map(state.reserved)
    this.instruments = null
  }

  private settle(key: number, isSold: boolean): void {
    if (!this.reserved.delete(key)) return
    if (!isSold) this.free += 1
    else if (this.spec.restock !== undefined) this.world.schedule(this.spec.restock, this.index, 0)
    this.made()[isSold ? 'sales' : 'releases'].add(1)
  }

  private made(): StockInstruments {
    if (this.instruments !== null) return this.instruments
    const target = this.world.telemetry.target({ job: 'inventory', stock: this.name }, 0)
    const units = (state: string): Gauge => target.gauge('inventory_units', 'Units on the shelf, by whether somebody has reserved them.', { state })
    const events = (event: string): Counter => target.counter('inventory_events_total', 'What happened to units.', { event })
    const oldest = target.gauge('inventory_oldest_reservation_seconds', 'Age of the oldest reservation.', {})
    this.instruments = { free: units('free'), reserved: units('reserved'), oldest, reservations: events('reserved'), refusals: events('refused'), sales: events('sold'), releases: events('released') }
    return this.instruments
  }
}

/** A step that names a stock. */
function step(keyword: keyof typeof stockStep, summary: string): StepKind {
  const kind: StepKind<Record<string, string>> = {
    keyword,
    summary,
    schema: z.strictObject({ [keyword]: z.string() }),
    compile(options, compiler, path) {
      const part = compiler.part(options[keyword] ?? '', [...path, keyword])
      if (part instanceof Stock) compiler.partStep(part, stockStep[keyword], 0)
      else if (part !== null) compiler.problem([...path, keyword], `"${part.name}" is not under stocks.`)
    },
  }
  return kind as StepKind
}

/** Stocks of units that requests take. */
export const stockKind: PartKind<StockSpec, Stock> = {
  kind: 'stock',
  section: 'stocks',
  summary: 'Units that requests reserve, sell and release, one for each key.',
  schema: stockSchema,
  build: (spec, name, { world }) => new Stock(world, name, spec),
  steps: [
    step('reserve', 'reserve: shelf takes a unit for the key of the request, or ends it with a conflict (409).'),
    step('sell', 'sell: shelf hands the unit out that the key has reserved.'),
    step('release', 'release: shelf gives the unit of the key back.'),
  ],
  changes: [
    action<Stock, { units: number }>({
      name: 'add-units',
      summary: 'Puts more units on the shelf.',
      schema: z.strictObject({ units: positiveCount }),
      durationUs: () => 60_000_000,
      apply(stock, { units }) {
        stock.free += units
        return `${units} more units`
      },
    }),
  ],
}
