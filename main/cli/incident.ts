/** `firedrill incident`: plays and checks incidents; runs a topology file and tells what happened; lists what a topology may say. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { formatProblem } from '../../exercises/core/problem.ts'
import { describeParts, formatChart, formatTime, readMode, shiftModes, summarise } from '../../exercises/simulator/incident/index.ts'
import { createWorld, readTopology } from '../../exercises/simulator/model/index.ts'
import { parseDurationUs } from '../../exercises/simulator/topology/quantity.ts'
import { parseArguments, UsageError } from './command.ts'
import type { Command, CommandContext, ExitCode } from './command.ts'
import { incidentIds } from './incident-files.ts'
import { runIncident } from './incident-play.ts'
import { verifyIncidents } from './incident-verify.ts'

/** Columns of a chart and intervals of the summary. */
const intervals = 60
const longestUs = 7 * 86_400_000_000

const defaultSeeds = 20

export const incidentCommand: Command = {
  name: 'incident',
  usage: 'incident run ID [--policy none|expert|FILE] [--mode noisy|blind|double] [--seed N] [--json] | incident run FILE [--until 30m] [--seed N] [--plot] [--json] [--without-faults] | incident verify [ID] [--seeds 20] [--json] | incident parts',
  summary: 'play an incident or run a topology and say what happened; check what incidents promise; or list what a topology may say',
  async run(context) {
    const { positional, flags, values } = parseArguments(context.args, { flags: ['plot', 'json', 'without-faults'], values: ['until', 'seed', 'seeds', 'policy', 'mode'], mostPositional: 2 })
    const [verb, name] = positional
    if (verb === 'parts') {
      context.print(describeParts())
      return 0
    }
    if (verb === 'verify') {
      const seeds = Number(values.get('seeds') ?? defaultSeeds)
      if (!Number.isInteger(seeds) || seeds < 1) throw new UsageError('--seeds is a whole number from 1.')
      return verifyIncidents({ id: name, seeds, json: flags.has('json') }, context)
    }
    if (verb !== 'run') throw new UsageError(`"${verb ?? ''}" is not something that incident does; run, verify and parts are.`)
    if (name === undefined) throw new UsageError('Name the incident or the topology file.')
    if (!incidentIds(context.contentDir).includes(name)) {
      if (values.has('policy') || values.has('mode')) throw new UsageError(`"${name}" is not an incident, and only incidents have a --policy or a --mode. Known are: ${incidentIds(context.contentDir).join(', ')}.`)
      return runTopology(name, flags, values, context)
    }
    if (values.has('until') || flags.has('plot') || flags.has('without-faults')) throw new UsageError(`--until, --plot and --without-faults are for topology files: name content/incidents/${name}/topology.yaml.`)
    const modeText = values.get('mode')
    const mode = modeText === undefined ? null : readMode(modeText)
    if (modeText !== undefined && mode === null) throw new UsageError(`--mode is one of ${shiftModes.join(', ')}.`)
    return runIncident({ id: name, mode, policy: values.get('policy') ?? 'none', seed: values.get('seed') ?? '1', json: flags.has('json') }, context)
  },
}

function runTopology(file: string, flags: ReadonlySet<string>, values: ReadonlyMap<string, string>, { workingDir, print, progress }: CommandContext): ExitCode {
  const untilText = values.get('until') ?? '30m'
  const untilUs = parseDurationUs(untilText)
  if (untilUs === null || untilUs < 1 || untilUs > longestUs) throw new UsageError(`"${untilText}" is not a time to run until; write 30m, and at most 7d.`)
  const read = readTopology(file, textOf(resolve(workingDir, file)))
  if (!read.ok) {
    if (flags.has('json')) print(JSON.stringify({ ok: false, problems: read.error }, null, 2))
    else for (const problem of read.error) print(formatProblem(problem))
    return 1
  }
  const world = createWorld(read.value, { seed: values.get('seed') ?? '1', withoutFaults: flags.has('without-faults') })
  const started = performance.now()
  for (let sliceUs = 0; sliceUs < untilUs; sliceUs = Math.min(untilUs, sliceUs + 60_000_000)) {
    world.runUntil(sliceUs)
    progress(`simulated ${formatTime(sliceUs)} of ${formatTime(untilUs)}`)
  }
  world.runUntil(untilUs)
  const wallSeconds = (performance.now() - started) / 1000
  const summary = summarise(world, intervals)
  const requests = world.traces
  if (flags.has('json')) {
    print(JSON.stringify({ ok: true, title: world.topology.title, seed: world.simulation.seed, simulatedSeconds: untilUs / 1e6, wallSeconds, requests, events: world.simulation.eventCount, telemetryBytes: world.telemetry.bytes().total, fingerprint: world.fingerprint(), summary }, null, 2))
    return 0
  }
  print(`${world.topology.title}: ${formatTime(untilUs)} simulated in ${wallSeconds.toFixed(1)} s, ${requests} requests, seed ${world.simulation.seed}.`)
  if (flags.has('plot')) print(formatChart(summary))
  else for (const part of summary.parts) print(`${part.part}: ${lastOf(part.throughput).toFixed(1)} requests/s, ${(lastOf(part.errors) * 100).toFixed(1)}% errors, p99 ${(lastOf(part.p99) * 1000).toFixed(0)} ms at the end.`)
  return 0
}

function lastOf(values: readonly number[]): number {
  return values.findLast((value) => !Number.isNaN(value)) ?? 0
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
