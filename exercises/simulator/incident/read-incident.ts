/** Reads an incident's files, so that every mistake is told as file and line. */
import { parseYamlSource } from '../../content/compile/yaml-source.ts'
import type { YamlSource } from '../../content/compile/yaml-source.ts'
import type { Problem } from '../../core/problem.ts'
import { fail, ok } from '../../core/result.ts'
import type { Result } from '../../core/result.ts'
import { createWorld, listChanges, partKinds, readTopology } from '../model/index.ts'
import type { Topology } from '../model/index.ts'
import { Database } from '../model/parts/database/database.ts'
import { nearestName } from '../query/nearest-name.ts'
import { knownKeys } from '../topology/known-keys.ts'
import { withFalseAlarm } from './causes.ts'
import { inMode, withoutMode } from './modes/index.ts'
import type { InMode, SecondFault, ShiftMode } from './modes/index.ts'
import { incidentSchema, playSchema } from './schema.ts'
import type { IncidentSpec, PlayStep } from './schema.ts'
import { fillDeep, mistakesIn, varyTopology, readVary } from './vary/index.ts'
import type { Varied } from './vary/index.ts'
import type { z } from 'zod'

/** An incident, ready to be played. */
export interface Incident {
  readonly spec: IncidentSpec
  readonly topology: Topology
  /** What a seed changes. Both of the above are as the seed has them that it was read for. */
  readonly varied: readonly Varied[]
  /** The mode for which it was read; null for none. */
  readonly mode: ShiftMode | null
  /** In the mode `double`: the other fault. */
  readonly second: SecondFault | null
}

/** Which world of an incident is wanted. */
export interface ReadOptions {
  /** Numbers, names and times are drawn from it; 1, the default, has those of the files. */
  readonly seed?: number | string
  /** Makes it harder; null, the default, takes it as it is. */
  readonly mode?: ShiftMode | null
}

/** The text of a file beside incident.yaml, or null when it is not there. */
export type ReadText = (name: string) => string | null

type Path = readonly PropertyKey[]
type Complain = (path: Path, message: string) => void

const texts = ['briefing.md', 'debrief.md']

/** Reads `incident.yaml` and its topology. @param folder path of the incident for messages; its last name must be the id. Never throws for what files say. */
export function readIncident(folder: string, read: ReadText, { seed = 1, mode = null }: ReadOptions = {}): Result<Incident, readonly Problem[]> {
  const file = `${folder}/incident.yaml`
  const problem = (line: number, message: string): Problem => ({ file, line, severity: 'error', rule: 'incident.invalid', message })
  const text = read('incident.yaml')
  if (text === null) return fail([problem(1, 'There is no incident.yaml.')])
  const source = parseYamlSource({ file, text, firstLine: 1 })
  if (source.problems.length > 0) return fail(source.problems)
  const problems: Problem[] = []
  const complain: Complain = (path, message) => void problems.push(problem(source.lineOf(path), message))
  const { vary, varied, values, mistakes } = readVary(folder.split('/').at(-1) ?? '', source.value, read(topologyName(source.value)) ?? '', seed)
  const spec = checked(incidentSchema, { ...source, value: fillDeep(source.value, values) }, complain)
  if (spec === null) return fail(problems)
  for (const { path, message } of mistakes) complain(path, message)
  for (const name of texts) {
    const written = read(name) ?? ''
    if (written.trim() === '') complain([], `${name} is missing or empty.`)
    for (const message of mistakesIn(written, values)) complain([], `${name}: ${message}.`)
  }
  if (folder.split('/').at(-1) !== spec.id) complain(['id'], `The folder of this incident must be called "${spec.id}".`)
  const topologyText = read(spec.topology)
  if (topologyText === null) {
    complain(['topology'], `There is no ${spec.topology}.`)
    return fail(problems)
  }
  const taken: InMode[] = []
  const topology = readTopology(`${folder}/${spec.topology}`, topologyText, (value) => {
    const changed = inMode(withFalseAlarm(spec), varyTopology(value, vary, values), mode, seed)
    if (changed !== null) taken.push(changed)
    return changed?.topology ?? value
  })
  if (!topology.ok) return fail([...problems, ...topology.error])
  checkTogether(spec, topology.value, complain)
  const [one] = taken
  if (one === undefined && mode !== null) complain(['modes'], `It is not offered in the mode "${mode}". ${withoutMode(spec, mode) ?? 'No service can have a second fault.'}`)
  return problems.length > 0 || one === undefined ? fail(problems) : ok({ spec: one.spec, topology: topology.value, varied, mode, second: one.second })
}

/** The name of the topology's file, before it is known whether the rest can be read. */
function topologyName(spec: unknown): string {
  const name: unknown = typeof spec === 'object' && spec !== null && 'topology' in spec ? spec.topology : undefined
  return typeof name === 'string' ? name : 'topology.yaml'
}

/** Reads a play of its own: a list of steps. */
export function readPlay(file: string, text: string): Result<readonly PlayStep[], readonly Problem[]> {
  const source = parseYamlSource({ file, text, firstLine: 1 })
  if (source.problems.length > 0) return fail(source.problems)
  const problems: Problem[] = []
  const play = checked(playSchema, source, (path, message) => void problems.push({ file, line: source.lineOf(path), severity: 'error', rule: 'play.invalid', message }))
  return play === null ? fail(problems) : ok(play)
}

function checked<T>(schema: z.ZodType<T>, source: YamlSource, complain: Complain): T | null {
  const parsed = schema.safeParse(source.value)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    if (issue.code !== 'unrecognized_keys') complain(issue.path, `${issue.path.join('.')}: ${issue.message.replace(/^Invalid input: /, '')}`)
    else for (const key of issue.keys) {
      const nearest = nearestName(key, knownKeys(schema, issue.path))
      complain([...issue.path, key], `"${key}" is not known here.${nearest === null ? '' : ` Did you mean "${nearest}"?`}`)
    }
  }
  return null
}

/** What the incident says of its topology must be there. */
function checkTogether(spec: IncidentSpec, topology: Topology, complain: Complain): void {
  if (!topology.alerts.some(({ name }) => name === spec.page.alert)) complain(['page', 'alert'], `The topology has no alert "${spec.page.alert}".`)
  if (!topology.parts.some(({ name }) => name === spec.truth.component)) complain(['truth', 'component'], `The topology has no part "${spec.truth.component}".`)
  for (const [path, onset] of [[['onset'], spec.truth.onset] as const, ...spec.truth['onset-also'].map((one, index) => [['onset-also', index], one] as const)]) {
    const changed = /^change:(.+)$/.exec(onset)?.[1]
    if (changed !== undefined && !topology.parts.some(({ name }) => name === changed)) complain(['truth', ...path], `The topology has no part "${changed}".`)
  }
  if (spec.kind === 'false-alarm') checkFalseAlarm(spec, complain)
  else {
    if (topology.faults.length === 0) complain(['topology'], 'An incident needs a fault in its topology.')
    if (spec.truth.onset === 'nothing') complain(['truth', 'onset'], 'Only a false alarm (kind: false-alarm) has nothing that set it off.')
  }
  if (topology.faults.some(({ atUs }) => atUs <= spec.history)) complain(['history'], 'All faults and changes must come after the history.')
  const rivals = spec.rivals.map(({ id }) => id)
  for (const [index, { tellsApartFrom }] of spec.truth.evidence.entries()) {
    for (const rival of tellsApartFrom) if (!rivals.includes(rival)) complain(['truth', 'evidence', index, 'tellsApartFrom'], `No rival is called "${rival}".`)
  }
  const told = new Set(spec.truth.evidence.flatMap(({ tellsApartFrom }) => tellsApartFrom))
  for (const [index, rival] of rivals.entries()) if (!told.has(rival)) complain(['rivals', index], `No evidence tells the cause apart from "${rival}".`)
  checkActs(spec, topology, complain)
  checkDatabases(spec, topology, complain)
}

/** In a false alarm nothing is to be done, so that every action is a mistake that costs. */
function checkFalseAlarm({ truth, expert, actions, wrong }: IncidentSpec, complain: Complain): void {
  if (truth.onset !== 'nothing') complain(['truth', 'onset'], 'A false alarm has onset: nothing.')
  for (const [index, { act }] of expert.entries()) if (act !== undefined) complain(['expert', index], 'In a false alarm the expert acknowledges and does nothing.')
  for (const [index, { verdict }] of actions.entries()) if (verdict === 'right') complain(['actions', index, 'verdict'], 'In a false alarm no action is right.')
  for (const [index, { expect }] of wrong.entries()) if (expect !== 'worse') complain(['wrong', index, 'expect'], 'In a false alarm a wrong play makes it worse: there is nothing that it could fail to mend.')
}

/** Every act names an action of its target, with arguments that its schema reads. */
function checkActs(spec: IncidentSpec, topology: Topology, complain: Complain): void {
  const world = createWorld(topology, { withoutFaults: true })
  const changes = listChanges(partKinds)
  const acts = [
    ...spec.actions.map(({ act }, index) => ({ act, path: ['actions', index, 'act'] })),
    ...spec.expert.map(({ act }, index) => ({ act, path: ['expert', index, 'act'] })),
    ...spec.wrong.flatMap(({ play }, at) => play.map(({ act }, index) => ({ act, path: ['wrong', at, 'play', index, 'act'] }))),
  ]
  for (const { act, path } of acts) {
    if (act === undefined) continue
    const { action, target, ...args } = act
    const part = world.part(target)
    const change = part === undefined ? undefined : changes.find(({ name, kind, use }) => name === action && kind === world.kindOf(part.index) && use !== 'fault')
    if (change === undefined) complain(path, part === undefined ? `The topology has no part "${target}".` : `"${action}" is not an action on ${target}.`)
    else {
      const read = change.schema.safeParse(args)
      if (!read.success) complain(path, `${action}: ${read.error.issues[0]?.path.join('.') ?? ''} ${read.error.issues[0]?.message ?? ''}`)
    }
  }
}

/** A database with real tables is one of the topology, and stands for queries that it has. */
function checkDatabases(spec: IncidentSpec, topology: Topology, complain: Complain): void {
  if (Object.keys(spec.databases).length === 0) return
  const world = createWorld(topology, { withoutFaults: true })
  for (const [name, { queries }] of Object.entries(spec.databases)) {
    const part = world.part(name)
    if (!(part instanceof Database)) complain(['databases', name], `The topology has no database "${name}".`)
    else for (const query of Object.keys(queries)) {
      if (part.spec.queries[query]?.index === undefined) complain(['databases', name, 'queries', query], `${name} has no query "${query}" with an index.`)
    }
  }
}
