/** `jcmd`, `jstack`, `jmap` and `jstat`: what the JVM of a service's pod says of its threads and its heap. */
import type { World } from '../../model/index.ts'
import type { Replica } from '../../model/parts/service/replica.ts'
import type { Service } from '../../model/parts/service/service.ts'
import { deployments, pods } from '../cluster.ts'
import { rightColumns } from '../columns.ts'
import type { Command, CommandResult, Invocation } from '../command.ts'
import { failed, printed, printedLines } from '../command.ts'
import { reading } from '../readings.ts'
import { clock } from './host.ts'
import { profileLines } from './profile.ts'
import { threadGroups } from './threads.ts'

interface Process {
  readonly world: World
  readonly service: Service
  readonly replica: Replica
  readonly pod: string
  readonly nowUs: number
}

const where = 'A JVM runs in the pods of services only: kubectl exec deployment/NAME --'

/** The process of the pod that it runs in, or what the tool says instead. */
function processOf({ world, pod, nowUs }: Invocation, tool: string): Process | CommandResult {
  const found = pods(world, nowUs).find(({ name }) => name === pod)
  const service = deployments(world).find(({ name }) => name === found?.owner)
  if (found?.replica === undefined || found.replica === null || service === undefined) return failed(`${tool}: no such process here. ${where} ${tool} 1`)
  return { world, service, replica: found.replica, pod: found.name, nowUs }
}

function threadDump({ world, service, replica, nowUs }: Process): CommandResult {
  const groups = threadGroups(world, service, replica)
  const total = groups.reduce((sum, { count }) => sum + count, 0)
  const threads = Number.isFinite(service.settings.threads) ? `${replica.threadsBusy} of ${service.settings.threads} threads in use` : 'asynchronous: requests hold no thread while they wait'
  return printedLines([
    clock(world, nowUs), `Full thread dump OpenJDK 64-Bit Server VM (25+36-LTS mixed mode, sharing): ${threads}`, '',
    ...groups.flatMap(({ state, serves, does, count, oldestUs }) => [`${count} x "${serves}"`, `   java.lang.Thread.State: ${state}`, `   - ${does}; the oldest for ${(oldestUs / 1e6).toFixed(1)} s`, '']),
    `${total} requests. Threads that do the same are shown once; lines of code are not part of the simulation.`,
  ])
}

/** Bytes that are alive, by what holds them: that is what the model knows of a heap. */
function holders({ service, replica }: Process): readonly { readonly name: string; readonly count: number; readonly bytes: number }[] {
  const { base, request } = service.spec.memory
  return [
    { name: 'kept by requests that have ended, and never given back', count: 0, bytes: replica.leakedBytes },
    { name: 'the program itself', count: 0, bytes: base },
    { name: 'requests in flight', count: replica.inFlight, bytes: replica.inFlight * request },
    { name: 'garbage until the next collection', count: 0, bytes: replica.garbageBytes },
  ].filter(({ bytes }) => bytes > 0).toSorted((one, other) => other.bytes - one.bytes)
}

function histogram(process: Process, isLive: boolean): CommandResult {
  const rows = holders(process).filter(({ name }) => !isLive || !name.startsWith('garbage'))
  const total = rows.reduce((sum, { bytes }) => sum + bytes, 0)
  return printed(`${rightColumns([['num', '#instances', '#bytes', 'share', ''], ...rows.map(({ name, count, bytes }, index) => [`${index + 1}:`, count === 0 ? '-' : String(count), String(Math.round(bytes)), `${((bytes / total) * 100).toFixed(1)}%`, `  ${name}`])])}Total ${Math.round(total)} of ${process.replica.memoryBytes} bytes of the container. Classes are not part of the simulation: rows are what holds memory.\n`)
}

function utilisation(process: Process): CommandResult {
  const { world, pod, nowUs, service, replica } = process
  if (service.spec.gc === false) return failed('jstat: the collector of this service is not part of the simulation: it has no pauses that could be told.')
  const heap = replica.memoryBytes * 0.85
  const alive = holders(process).filter(({ name }) => !name.startsWith('garbage')).reduce((sum, { bytes }) => sum + bytes, 0)
  const count = reading(world, 'jvm_gc_pause_seconds_count', { pod }, nowUs) ?? 0
  const seconds = reading(world, 'jvm_gc_pause_seconds_sum', { pod }, nowUs) ?? 0
  return printed(rightColumns([['', 'O', 'GC', 'GCT'], ['', ((alive / heap) * 100).toFixed(2), String(count), seconds.toFixed(3)]]))
}

const verbs: Readonly<Record<string, (process: Process, args: readonly string[]) => CommandResult>> = {
  'Thread.print': threadDump,
  'GC.class_histogram': (process) => histogram(process, true),
  'GC.heap_info': (process) => {
    const alive = holders(process).reduce((sum, { bytes }) => sum + bytes, 0)
    return printedLines([` garbage-first heap   total ${Math.round((process.replica.memoryBytes * 0.85) / 1024)}K, used ${Math.round(alive / 1024)}K`])
  },
  'JFR.view': ({ world, service, pod, nowUs }) => printedLines(profileLines(world, service.name, pod, nowUs)),
}

/** `jcmd`. */
export const jcmd: Command = {
  name: 'jcmd',
  summary: 'ask the JVM of a pod: threads, heap, where requests spend their time',
  synopsis: ['kubectl exec deployment/NAME -- jcmd 1 Thread.print', 'kubectl exec deployment/NAME -- jcmd 1 GC.class_histogram|GC.heap_info', 'kubectl exec deployment/NAME -- jcmd 1 JFR.view hot-methods'],
  description: ['Thread.print shows what the requests of the process do at this moment, those that do the same in one group. GC.class_histogram shows what holds memory. JFR.view tells where the requests of the last minute spent their time, from the traces that were kept: a profile by endpoint and by call, since the simulation has no lines of code.'],
  answers: ['cmd.cpu-profilers'],
  run(invocation) {
    const [pid, verb, ...rest] = invocation.args
    const process = processOf(invocation, 'jcmd')
    if ('exitCode' in process) return process
    if (pid === undefined || pid === '-l') return printedLines([`1 ${process.service.name}.jar`])
    const run = verb !== undefined && Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    return run === undefined ? failed(`java.lang.IllegalArgumentException: Unknown diagnostic command ${verb ?? ''}. Known here: ${Object.keys(verbs).join(', ')}`) : run(process, rest)
  },
  candidates: (_world, words) => (words.length === 0 ? ['1'] : words.length === 1 ? Object.keys(verbs) : ['hot-methods']),
}

export const jstack: Command = {
  name: 'jstack',
  summary: 'what the threads of a pod do at this moment',
  synopsis: ['kubectl exec deployment/NAME -- jstack 1'],
  description: ['The same as jcmd 1 Thread.print.'],
  answers: [],
  run(invocation) {
    const process = processOf(invocation, 'jstack')
    return 'exitCode' in process ? process : threadDump(process)
  },
  candidates: () => ['1'],
}

export const jmap: Command = {
  name: 'jmap',
  summary: 'what holds the memory of a pod',
  synopsis: ['kubectl exec deployment/NAME -- jmap -histo[:live] 1'],
  description: ['Rows are what holds memory: the program, requests in flight, what was never given back, garbage. A dump for a heap browser is refused: it would hold classes and objects, which the simulation does not have.'],
  answers: ['cmd.jmap-heap-dump'],
  run(invocation) {
    const process = processOf(invocation, 'jmap')
    if ('exitCode' in process) return process
    const [option = ''] = invocation.args
    if (option.startsWith('-dump')) return failed('jmap: a dump would hold classes and objects, which are not part of this simulation. jmap -histo:live 1 tells what holds the memory.')
    return option.startsWith('-histo') ? histogram(process, option.includes('live')) : failed('Usage: jmap -histo[:live] <pid>')
  },
  candidates: () => ['-histo', '-histo:live', '1'],
}

export const jstat: Command = {
  name: 'jstat',
  summary: 'how full the heap of a pod is, and the pauses of its collector',
  synopsis: ['kubectl exec deployment/NAME -- jstat -gcutil 1'],
  description: ['O is the share of the heap that is alive, GC the number of pauses since the start and GCT their seconds. Services whose topology has no collector have none to tell of.'],
  answers: [],
  run(invocation) {
    const process = processOf(invocation, 'jstat')
    if ('exitCode' in process) return process
    return invocation.args[0]?.startsWith('-gc') === true ? utilisation(process) : failed('Usage: jstat -gcutil <pid>')
  },
  candidates: () => ['-gcutil', '1'],
}
