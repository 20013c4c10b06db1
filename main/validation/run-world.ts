/** What a page shows of an incident: answers of its metrics, its logs and its terminal, as text. */
import { formatProblem } from '../../exercises/core/problem.ts'
import { ShellSession } from '../../exercises/simulator/bastion/index.ts'
import type { Operated } from '../../exercises/simulator/bastion/index.ts'
import { readIncident, runToPage } from '../../exercises/simulator/incident/index.ts'
import type { PagedWorld } from '../../exercises/simulator/incident/index.ts'
import { parseLogql, queryInstant, queryLogs } from '../../exercises/simulator/logql/index.ts'
import type { MetricResult } from '../../exercises/simulator/logql/index.ts'
import { instantQuery } from '../../exercises/simulator/promql/index.ts'
import { readSource } from '../services/library/source-files.ts'
import { printLines, printRows, shownRows } from './print-rows.ts'
import type { Cell } from './print-rows.ts'
import { BlockFailure } from './run-engine.ts'
import { nodeShellHost } from './shell-host.ts'
import type { WorldQuestion } from './world-engine.ts'

/** What pages show: docs/authoring.md. */
const seed = 1
/** Log lines that are counted; a page shows a few. */
const mostLines = 1_000_000

/** An incident in which nobody acts. Questions come in the order of their time. */
export interface AskedWorld {
  /** @throws BlockFailure */
  ask(question: WorldQuestion, text: string): Promise<string>
}

/** Runs an incident to its page. @throws BlockFailure */
export function openAskedWorld(contentDir: string, id: string): AskedWorld {
  const read = readIncident(`incidents/${id}`, (name) => {
    const found = readSource(contentDir, `incidents/${id}/${name}`)
    return 'source' in found ? found.source.text : null
  })
  if (!read.ok) throw new BlockFailure(read.error[0] ? formatProblem(read.error[0]) : `the incident "${id}" cannot be read`, 0)
  const paged = runToPage(read.value, seed)
  if (paged === null) throw new BlockFailure(`nobody is paged in the incident "${id}"`, 0)
  return {
    ask: async (question, text) => {
      const times = question.atMinutes.map((minutes) => ({ name: timeName(minutes), us: paged.pageUs + Math.round(minutes * 60_000_000) }))
      const lastUs = Math.max(...times.map(({ us }) => us))
      if (lastUs > paged.world.nowUs) paged.world.runUntil(lastUs)
      if (question.engine === 'shell') return typeLine(paged, text, question.most)
      if (question.engine === 'promql') return printSamples(times.map(({ name, us }) => ({ name, samples: askMetrics(paged, text, us) })), question.most)
      const parsed = parseLogql(text)
      if (parsed.ok && parsed.value.kind !== 'logs') return printSamples(times.map(({ name, us }) => ({ name, samples: askLogMetric(paged, text, us) })), question.most)
      return printLogs(paged, text, { fromUs: Math.min(...times.map(({ us }) => us)) - question.sinceMinutes * 60_000_000, toUs: lastUs }, question.most)
    },
  }
}

function timeName(minutes: number): string {
  return minutes === 0 ? 'page' : `${minutes < 0 ? '-' : '+'}${Math.abs(minutes)} min`
}

interface Sample {
  labels: Readonly<Record<string, string>>
  value: number
}

const epochUs = ({ world }: PagedWorld): number => world.telemetry.epochMs * 1000

function askMetrics(paged: PagedWorld, query: string, atUs: number): readonly Sample[] {
  const answer = instantQuery(paged.world.telemetry.series, query, (epochUs(paged) + atUs) / 1000)
  if (!answer.ok) throw new BlockFailure(withoutStop(answer.error.message), 0)
  const { result } = answer
  if (result.type === 'string') throw new BlockFailure('the query gives a text, and a page shows numbers', 0)
  return samplesOf(result)
}

function askLogMetric({ world }: PagedWorld, query: string, atUs: number): readonly Sample[] {
  const answer = queryInstant(world.telemetry.logs, query, world.telemetry.epochMs + atUs / 1000)
  if (!answer.ok) throw new BlockFailure(withoutStop(answer.error.message), 0)
  return samplesOf(answer.value)
}

function samplesOf(result: MetricResult): readonly Sample[] {
  if (result.type === 'vector') return result.samples
  if (result.type === 'scalar') return [{ labels: {}, value: result.value }]
  throw new BlockFailure('the query gives a range of samples; put a function such as rate(...) around it, or ask at several times with at=-5,0,5', 0)
}

/** A row for each series, a column for each of its labels, and one for each time. */
function printSamples(columns: readonly { name: string; samples: readonly Sample[] }[], most: number | null): string {
  const rows = new Map<string, { labels: Sample['labels']; cells: Cell[] }>()
  for (const [index, { samples }] of columns.entries()) {
    for (const { labels, value } of samples) {
      const key = JSON.stringify(Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      const row = rows.get(key) ?? { labels, cells: columns.map((): Cell => null) }
      row.cells[index] = rounded(value)
      rows.set(key, row)
    }
  }
  if (rows.size === 0) return '(no series)'
  const names = [...new Set([...rows.values()].flatMap(({ labels }) => Object.keys(labels)))]
  const heads = columns.length === 1 ? ['value'] : columns.map(({ name }) => name)
  const body = [...rows.values()].map(({ labels, cells }) => [...names.map((name): Cell => labels[name] ?? ''), ...cells])
  return printRows([...names.map((name) => (name === '__name__' ? 'metric' : name)), ...heads], body, { most: most ?? shownRows, none: '-' })
}

/** Four digits that count: what a person reads off. Counts stay whole. */
function rounded(value: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return value
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4))
}

/** The newest lines of the window, in the order of their time, and how many there are. */
function printLogs(paged: PagedWorld, query: string, { fromUs, toUs }: { fromUs: number; toUs: number }, asked: number | null): string {
  const most = asked ?? shownRows
  const answer = queryLogs(paged.world.telemetry.logs, query, { fromUs: epochUs(paged) + fromUs, toUs: epochUs(paged) + toUs, limit: mostLines, direction: 'oldest-first' })
  if (!answer.ok) throw new BlockFailure(withoutStop(answer.error.message), 0)
  const { rows } = answer.value
  if (rows.length === 0) return '(no lines)'
  const lines = rows.slice(-most).map(({ timeUs, line }) => `${new Date(timeUs / 1000).toISOString().slice(11, 23)} ${line}`)
  return rows.length > most ? [`(the last ${most} of ${String(rows.length).replaceAll(/\B(?=(\d{3})+$)/g, ',')} lines)`, ...lines].join('\n') : lines.join('\n')
}

async function typeLine({ world }: PagedWorld, line: string, most: number | null): Promise<string> {
  if (line.trim() === '') throw new BlockFailure('there is nothing to type', 0)
  let acted: string | null = null
  const nobody: Operated = {
    world,
    nowUs: world.nowUs,
    // Sleep ends at once: time stands still while a line is typed on a page.
    limitUs: world.nowUs,
    hasEnded: false,
    add: () => true,
    act: ({ action }) => {
      acted = action
      return { ok: false, error: 'Nobody acts in the incident of a page.' }
    },
  }
  const { stdout, stderr } = await new ShellSession(nobody, nodeShellHost).run(line, false)
  if (acted !== null) throw new BlockFailure(`the line acts on the system (${acted}), and nobody acts in the incident of a page; show it without "run"`, 0)
  return printLines(`${stdout}${stderr}`.trimEnd().split('\n'), most ?? shownRows)
}

function withoutStop(message: string): string {
  return message.replace(/\.$/, '')
}
