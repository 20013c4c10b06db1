/** `firedrill sim`: a queue through the simulator's engine, beside what theory says of it. */
import { measureOpenQueue, mostRequests } from '../../exercises/simulator/queueing/index.ts'
import type { OpenQueueOptions, OpenQueueResult } from '../../exercises/simulator/queueing/index.ts'
import { mg1, mm1, mmc, mmck } from '../../exercises/simulator/theory/index.ts'
import type { QueueFigures } from '../../exercises/simulator/theory/index.ts'
import { parseArguments, UsageError } from './command.ts'
import type { Command } from './command.ts'

const models = ['mm1', 'mmc', 'mmck', 'mg1'] as const
type Model = (typeof models)[number]

/** Options that only some models have. All others are of every model. */
const ownOptions: Record<Model, readonly string[]> = { mm1: [], mmc: ['servers'], mmck: ['servers', 'capacity'], mg1: ['cv2'] }
const commonOptions = ['arrival-rate', 'service-rate', 'requests', 'warm-up', 'seed']

const help = `Simulates one queue and prints what it measured beside theory.

  mm1   random arrivals, exponential service, one server
  mmc   the same with --servers C (Erlang C)
  mmck  the same with room for --capacity K in service and waiting together; others are lost (Erlang B when K = C)
  mg1   one server with --cv2 X, the squared coefficient of variation of service: 0 is fixed, 1 exponential, others gamma

  --arrival-rate R   requests per second, of all
  --service-rate R   requests per second that one server can serve
  --requests N       arrivals in all, warm-up included; 1,000,000 when left out
  --warm-up N        first arrivals that are not measured, as the queue starts empty; a tenth of N when left out.
                     A busy queue remembers long: beyond 95% utilisation use millions of requests.
  --seed S           any text; the same seed gives the same numbers; 1 when left out
  --json             one JSON object

Times are in seconds (or whatever unit the rates are per). Waits are of requests that were not lost. Utilisation and
throughput are counted from the end of the warm-up to the last arrival. wallSeconds and requestsPerSecond count the
warm-up too.`

export const simCommand: Command = {
  name: 'sim',
  usage: 'sim mm1|mmc|mmck|mg1 --arrival-rate R --service-rate R [--servers C] [--capacity K] [--cv2 X] [--requests N] [--warm-up N] [--seed S] [--json] [--help]',
  summary: 'simulate a queue and print it beside theory; the first tenth of the requests is warm-up',
  run({ args, print }) {
    const parsed = parseArguments(args, { flags: ['json', 'help'], values: [...commonOptions, 'servers', 'capacity', 'cv2'], mostPositional: 1 })
    if (parsed.flags.has('help')) {
      print(help)
      return Promise.resolve(0)
    }
    const { model, options } = readOptions(parsed.positional[0], parsed.values)
    const startedMs = performance.now()
    const result = measureOpenQueue(options)
    const wallSeconds = (performance.now() - startedMs) / 1000
    const requestsPerSecond = options.requests / wallSeconds
    if (parsed.flags.has('json')) {
      const { meanWait, meanInSystem, utilisation, lossProbability, throughput } = result
      print(JSON.stringify({ meanWait, meanInSystem, utilisation, lossProbability, throughput, requests: options.requests, wallSeconds, requestsPerSecond }))
    } else print(table(model, options, result, theoryOf(model, options), wallSeconds))
    return Promise.resolve(0)
  },
}

function readOptions(name: string | undefined, values: ReadonlyMap<string, string>): { model: Model; options: OpenQueueOptions } {
  const model = models.find((known) => known === name)
  if (model === undefined) throw new UsageError(name === undefined ? `Name a queue: ${models.join(', ')}. --help explains them.` : `"${name}" is not a queue that can be simulated. ${models.join(', ')} are; --help explains them.`)
  for (const option of values.keys()) {
    if (!commonOptions.includes(option) && !ownOptions[model].includes(option)) throw new UsageError(`--${option} does not belong to ${model}. ${modelWith(option)} has it.`)
  }
  const arrivalRate = readPositive(values, 'arrival-rate')
  const serviceRate = readPositive(values, 'service-rate')
  const servers = ownOptions[model].includes('servers') ? readWhole(values, 'servers', 1, 1_000_000) : 1
  const most = mostRequests({ arrivalRate, serviceRate })
  if (most < 100) throw new UsageError(`An arrival rate of ${arrivalRate} and a service rate of ${serviceRate} are too far apart to simulate. Bring them within a factor of 100,000,000.`)
  const requests = values.has('requests') ? readWhole(values, 'requests', 100, most) : Math.min(1_000_000, most)
  const warmUp = values.has('warm-up') ? readWhole(values, 'warm-up', 0, requests - 20) : Math.floor(requests / 10)
  const common = { arrivalRate, serviceRate, servers, seed: values.get('seed') ?? '1', requests, warmUp }
  if (model === 'mmck') return { model, options: { ...common, capacity: readWhole(values, 'capacity', servers, 10_000_000) } }
  if (arrivalRate >= servers * serviceRate) {
    throw new UsageError(
      `${arrivalRate} requests a second are more than ${servers === 1 ? 'the server serves' : `${servers} servers serve`} (${servers * serviceRate}), so the queue would grow without end. Lower --arrival-rate, raise --service-rate${model === 'mmc' ? ' or --servers' : ''}, or limit the queue: mmck with --capacity.`,
    )
  }
  return { model, options: model === 'mg1' ? { ...common, cv2: readCv2(values) } : common }
}

function modelWith(option: string): string {
  return models.filter((model) => ownOptions[model].includes(option)).join(' or ')
}

function readNumber(values: ReadonlyMap<string, string>, option: string): number {
  const text = values.get(option)
  if (text === undefined) throw new UsageError(`--${option} is missing. Add it, such as --${option} ${option === 'cv2' ? '0.5' : '4'}.`)
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(value)) throw new UsageError(`--${option} takes a number, not "${text}".`)
  return value
}

function readPositive(values: ReadonlyMap<string, string>, option: string): number {
  const value = readNumber(values, option)
  if (value < 1e-100 || value > 1e100) throw new UsageError(`--${option} must be above 0, not ${value}.`)
  return value
}

function readWhole(values: ReadonlyMap<string, string>, option: string, least: number, most: number): number {
  const value = readNumber(values, option)
  if (!Number.isInteger(value) || value < least || value > most) throw new UsageError(`--${option} must be a whole number from ${least} to ${most} here, not ${value}.`)
  return value
}

function readCv2(values: ReadonlyMap<string, string>): number {
  const cv2 = readNumber(values, 'cv2')
  if (cv2 < 0 || cv2 > 1000) throw new UsageError(`--cv2 must be from 0 to 1000, not ${cv2}. 0 is a fixed service time, 1 an exponential one.`)
  return cv2
}

function theoryOf(model: Model, options: OpenQueueOptions): QueueFigures {
  switch (model) {
    case 'mm1':
      return mm1(options)
    case 'mmc':
      return mmc(options)
    case 'mmck':
      return mmck({ ...options, capacity: options.capacity ?? options.servers })
    case 'mg1':
      return mg1({ ...options, cv2: options.cv2 ?? 1 })
  }
}

function table(model: Model, options: OpenQueueOptions, result: OpenQueueResult, theory: QueueFigures, wallSeconds: number): string {
  const { arrivalRate, serviceRate, servers, capacity, cv2, requests, warmUp, seed } = options
  const extra = `${servers > 1 ? `, ${servers} servers` : ''}${capacity === undefined ? '' : `, capacity ${capacity}`}${cv2 === undefined ? '' : `, cv2 ${cv2}`}`
  const rows: [string, string, string][] = [
    ['', 'simulated', 'theory'],
    ['mean wait', `${short(result.meanWait)} +- ${short(result.waitInterval.halfWidth)}`, short(theory.meanWait)],
    ['mean in system', short(result.meanInSystem), short(theory.meanInSystem)],
    ['utilisation', short(result.utilisation), short(theory.utilisation)],
    ['loss probability', short(result.lossProbability), short(theory.lossProbability)],
    ['throughput', short(result.throughput), short(theory.throughput)],
  ]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())
  return [
    `${model}: arrival rate ${arrivalRate}, service rate ${serviceRate}${extra}, seed ${seed}`,
    ...lines,
    `${requests} requests, the first ${warmUp} as warm-up, in ${wallSeconds.toFixed(2)} s: ${Math.round(requests / wallSeconds)} a second. +- is 95% confidence.`,
  ].join('\n')
}

function short(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(5))) : '-'
}
