/** What can be done and can happen to a service. */
import { z } from 'zod'
import { count, duration, positiveCount, positiveDuration, share, size } from '../../../topology/quantity.ts'
import type { ChangeKind } from '../../part.ts'
import { firstRelease } from './release.ts'
import type { Release } from './release.ts'
import { podPhase } from './replica.ts'
import type { Service } from './service.ts'

const second = 1_000_000

function change<Arguments>(kind: ChangeKind<Service, Arguments>): ChangeKind<Service> {
  return kind as ChangeKind<Service>
}

const alive = (service: Service): number => service.replicas.filter(({ gone, phase }) => gone === 0 && phase !== podPhase.draining).length

const podNames = ({ replicas }: Service): string => replicas.flatMap(({ gone, pod }) => (gone === 1 ? [] : [pod])).join(', ') || 'none'
/** Limits that somebody has changed stay with the next version. */
function limitsOf({ releases }: Service): Pick<Release, 'cores' | 'memory'> {
  const { cores, memory } = releases.at(-1) ?? {}
  return { ...(cores === undefined ? {} : { cores }), ...(memory === undefined ? {} : { memory }) }
}
const limitsText = ({ cores, memory }: { readonly cores: number; readonly memory: number }): string => `${cores} cores, ${Math.round(memory / 2 ** 20)} MB`

export const serviceChanges: readonly ChangeKind<Service>[] = [
  change({
    name: 'deploy',
    use: 'both',
    recordedAs: 'deploy',
    summary: 'Replaces all pods, one after the other, by pods of another version.',
    schema: z.strictObject({ version: z.string(), errors: share.default(0), 'cpu-factor': z.number().positive().max(1000).default(1), leak: size.default(0), 'handles-poison': z.boolean().default(false), 'extra-calls': z.record(z.string(), count).default({}) }),
    durationUs: () => 5 * second,
    apply(service, args) {
      const before = service.releases.at(-1)?.version ?? ''
      const extra = Object.fromEntries(Object.entries(args['extra-calls']).map(([target, times]) => [service.dependencies.index(target), times]))
      service.lifecycle.rollout.begin(service.lifecycle.addRelease({ version: args.version, errors: args.errors, cpuFactor: args['cpu-factor'], leak: args.leak, handlesPoison: args['handles-poison'], extra, ...limitsOf(service) }))
      return { summary: `version ${before} -> ${args.version}`, before: { version: before }, after: { version: args.version } }
    },
  }),
  change({
    name: 'rollback',
    use: 'action',
    recordedAs: 'deploy',
    summary: 'Replaces all pods, one after the other, by pods of the version before.',
    schema: z.strictObject({}),
    durationUs: () => 10 * second,
    refuse: (service) => (service.releases.length < 2 ? 'There is no version before this one.' : null),
    apply(service) {
      const [before, now] = service.releases.slice(-2)
      if (before === undefined || now === undefined) return 'nothing to roll back to'
      service.lifecycle.rollout.begin(service.lifecycle.addRelease(before))
      return { summary: `version ${now.version} -> ${before.version}`, before: { version: now.version }, after: { version: before.version } }
    },
  }),
  change({
    name: 'scale',
    use: 'both',
    recordedAs: 'scale',
    summary: 'Changes the number of pods. New ones take their time to start.',
    schema: z.strictObject({ replicas: positiveCount.refine((replicas) => replicas <= 200, { error: 'must be at most 200.' }) }),
    durationUs: () => 5 * second,
    apply(service, { replicas }) {
      const before = alive(service)
      service.lifecycle.rollout.scale(replicas)
      return { summary: `replicas ${before} -> ${replicas}`, before: { replicas: before }, after: { replicas } }
    },
  }),
  change({
    name: 'restart',
    use: 'both',
    summary: 'Restarts all pods: one after the other, or all at once with at-once: true.',
    schema: z.strictObject({ 'at-once': z.boolean().default(false) }),
    durationUs: () => 3 * second,
    apply(service, args) {
      if (args['at-once']) for (const index of service.replicas.keys()) service.lifecycle.crash(index, 'Restarted')
      else service.lifecycle.rollout.begin(service.lifecycle.current)
      return args['at-once'] ? 'all pods at once' : 'one pod after the other'
    },
  }),
  change({
    name: 'restart-pod',
    use: 'action',
    summary: 'Deletes one pod, and another is started in its place. The others are left alone.',
    schema: z.strictObject({ pod: z.string() }),
    durationUs: () => 2 * second,
    refuse(service, { pod }) {
      if (service.replicas.every((replica) => replica.gone === 1 || replica.pod !== pod)) return `${service.name} has no pod "${pod}" any more. Its pods are: ${podNames(service)}.`
      if (service.replicas.some((replica) => replica.pod === pod && replica.phase === podPhase.draining)) return `${pod} is ending already.`
      return service.lifecycle.rollout.running ? `The pods of ${service.name} are being replaced just now, one after the other.` : null
    },
    apply(service, { pod }) {
      service.lifecycle.rollout.replace(service.replicas.findIndex((replica) => replica.gone === 0 && replica.pod === pod))
      return `pod ${pod} is replaced`
    },
  }),
  change({
    name: 'set-resources',
    use: 'action',
    recordedAs: 'config',
    summary: 'Changes the cores and the memory that each pod may use. All pods are replaced, one after the other.',
    schema: z.strictObject({ cores: positiveCount.refine((cores) => cores <= 64, { error: 'must be at most 64.' }).optional(), memory: size.optional() }).refine(({ cores, memory }) => cores !== undefined || memory !== undefined, { error: 'needs cores or memory.' }),
    durationUs: () => 5 * second,
    refuse(service, { memory }) {
      const least = service.spec.memory.base
      return memory !== undefined && memory < least ? `${service.name} needs ${Math.ceil(least / 2 ** 20)} MB before its first request.` : null
    },
    apply(service, { cores, memory }) {
      const release = service.releases.at(-1) ?? firstRelease(service.spec.version)
      const before = { cores: release.cores ?? service.spec.cores, memory: release.memory ?? service.spec.memory.limit }
      const after = { cores: cores ?? before.cores, memory: memory ?? before.memory }
      service.lifecycle.rollout.begin(service.lifecycle.addRelease({ ...release, ...after }))
      return { summary: `limits ${limitsText(before)} -> ${limitsText(after)}`, before: { limits: limitsText(before) }, after: { limits: limitsText(after) } }
    },
  }),
  change({
    name: 'crash',
    use: 'fault',
    summary: 'Pods die, as with their node: all, or as many as pods says.',
    schema: z.strictObject({ pods: positiveCount.optional() }),
    durationUs: () => 0,
    apply(service, { pods = service.replicas.length }) {
      for (const index of Array.from({ length: Math.min(pods, service.replicas.length) }, (_, place) => place)) service.lifecycle.crash(index, 'Error')
      return `${pods} pods died`
    },
  }),
  change({
    name: 'slow',
    use: 'fault',
    summary: 'Work takes longer, as on an overcommitted node: on all pods, or on as many as pods says.',
    schema: z.strictObject({ factor: z.number().positive().max(1000), pods: positiveCount.optional() }),
    durationUs: () => 0,
    apply(service, { factor, pods = service.replicas.length }) {
      for (const replica of service.replicas.slice(0, pods)) replica.slowness = factor
      return `work takes ${factor} times as long on ${pods} pods`
    },
    revert(service) {
      for (const replica of service.replicas) replica.slowness = 1
    },
  }),
  change({
    name: 'errors',
    use: 'fault',
    summary: 'Answers 500 for a share of requests.',
    schema: z.strictObject({ share }),
    durationUs: () => 0,
    apply(service, args) {
      service.settings.errors = args.share
      return `${args.share * 100}% of requests fail`
    },
    revert(service) {
      service.settings.errors = service.spec.errors
    },
  }),
  change({
    name: 'pause',
    use: 'fault',
    summary: 'Processes stand still for a time, as in a long collection of garbage.',
    schema: z.strictObject({ time: positiveDuration, pods: positiveCount.optional() }),
    durationUs: () => 0,
    apply(service, { time, pods = service.replicas.length }) {
      for (const [index, replica] of service.replicas.slice(0, pods).entries()) service.memory.pause(replica, index, time, true)
      return `${pods} pods stand still for ${time / 1e6} s`
    },
  }),
  change({
    name: 'leak-connections',
    use: 'fault',
    summary: 'A share of connections to a dependency is never given back to the pool.',
    schema: z.strictObject({ dependency: z.string(), share }),
    durationUs: () => 0,
    refuse: (service, { dependency }) => service.dependencies.refuse(dependency),
    apply(service, args) {
      service.settings.leaks = { ...service.settings.leaks, ...Object.fromEntries(service.dependencies.groupsOf(args.dependency).map((group) => [group, args.share])) }
      return `${args.share * 100}% of connections to ${args.dependency} leak`
    },
    revert(service, args) {
      service.settings.leaks = { ...service.settings.leaks, ...Object.fromEntries(service.dependencies.groupsOf(args.dependency).map((group) => [group, 0])) }
    },
  }),
  change({
    name: 'configure',
    use: 'both',
    recordedAs: 'config',
    summary: 'Changes threads or queue, or for a dependency: timeout, retries, retry-budget (retries as a share of calls), hedge, pool, bulkhead or keep-alive: true. Pods take it up at once.',
    schema: z.strictObject({
      threads: positiveCount.optional(),
      queue: count.optional(),
      dependency: z.string().optional(),
      timeout: duration.optional(),
      retries: count.optional(),
      'retry-budget': share.optional(),
      hedge: duration.optional(),
      pool: positiveCount.optional(),
      bulkhead: positiveCount.optional(),
      'keep-alive': z.literal(true).optional(),
    }),
    durationUs: () => 20 * second,
    refuse: (service, { dependency }) => (dependency === undefined ? null : service.dependencies.refuse(dependency)),
    apply: (service, args) => service.dependencies.configure(args),
  }),
  change({
    name: 'open-breaker',
    use: 'action',
    summary: 'Holds the circuit breaker for a dependency open for a time.',
    schema: z.strictObject({ dependency: z.string(), time: positiveDuration.default(60 * second) }),
    durationUs: () => 5 * second,
    refuse: (service, { dependency }) => service.dependencies.refuse(dependency) ?? (service.dependencies.breakersOf(dependency).length === 0 ? `${service.name} has no circuit breaker for ${dependency}.` : null),
    apply(service, { dependency, time }) {
      const { nowUs } = service.clock
      for (const breaker of service.dependencies.breakersOf(dependency)) breaker.hold(nowUs, nowUs + time)
      return `breaker for ${dependency} open for ${time / 1e6} s`
    },
  }),
  change({
    name: 'shed-load',
    use: 'action',
    summary: 'Refuses requests at once when more than inflight are on a pod, or those that waited longer than queue; off: true ends it.',
    schema: z.strictObject({ inflight: positiveCount.optional(), queue: positiveDuration.optional(), off: z.boolean().default(false) }),
    durationUs: () => 15 * second,
    apply(service, { inflight, queue, off }) {
      service.settings.shedInflight = off ? Number.POSITIVE_INFINITY : (inflight ?? service.settings.shedInflight)
      service.settings.shedQueueUs = off ? Number.POSITIVE_INFINITY : (queue ?? service.settings.shedQueueUs)
      return off ? 'sheds no load' : `in flight at most ${service.settings.shedInflight}, waiting at most ${service.settings.shedQueueUs / 1e6} s`
    },
  }),
  change({
    name: 'shift-traffic',
    use: 'action',
    summary: 'Sends no more requests to the pods of a zone; back: true sends them again. The others get what it had.',
    schema: z.strictObject({ zone: z.string(), back: z.boolean().default(false) }),
    durationUs: () => 30 * second,
    refuse: (service, { zone }) => ((service.spec.zones ?? []).includes(zone) ? null : `${service.name} has no zone "${zone}"; it has ${(service.spec.zones ?? ['none']).join(', ')}.`),
    apply(service, { zone, back }) {
      const number = (service.spec.zones ?? []).indexOf(zone)
      for (const replica of service.replicas) if (replica.zone === number) replica.cordoned = back ? 0 : 1
      return back ? `requests go to ${zone} again` : `no requests go to ${zone}`
    },
  }),
  change({
    name: 'balance',
    use: 'action',
    summary: 'Changes how requests are spread over pods.',
    schema: z.strictObject({ method: z.enum(['round-robin', 'least-outstanding', 'random-two']) }),
    durationUs: () => 10 * second,
    apply(service, { method }) {
      const before = service.balancer.method
      service.balancer.method = method
      return { summary: `balance ${before} -> ${method}`, before: { balance: before }, after: { balance: method } }
    },
  }),
]
