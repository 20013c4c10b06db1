import { z } from 'zod'
import { count, distribution, duration, partName, positiveCount, positiveDuration, share, size } from '../../../topology/quantity.ts'
import { policySchema } from '../../policy/schema.ts'

const probeSchema = z.strictObject({
  every: positiveDuration.default(10_000_000),
  timeout: positiveDuration.default(1_000_000),
  /** Failures in a row until it acts. */
  failures: positiveCount.default(3),
})

const memorySchema = z.strictObject({
  /** Above it the kernel kills the container. */
  limit: size.default(1024 * 2 ** 20),
  /** What the program holds when it is idle. */
  base: size.default(200 * 2 ** 20),
  /** Held by a request while it is in flight. */
  request: size.default(512 * 2 ** 10),
  /** Never given back, for each request. */
  leak: size.default(0),
})

const collectorSchema = z.strictObject({
  /** Garbage that a request leaves. */
  garbage: size.default(2 ** 20),
  /** Pause of a young collection. */
  young: positiveDuration.default(3_000),
  /** Pause of a full collection for each GB that is alive. */
  full: positiveDuration.default(400_000),
})

export const serviceSchema = z.strictObject({
  replicas: positiveCount.default(2),
  /** Cores of one replica. */
  cores: positiveCount.default(2),
  /** Requests that one replica works on at once, each with a thread; `async` holds none while it waits. */
  threads: z.union([z.literal('async'), positiveCount]).default(200),
  /** Requests of one replica that wait for a thread; one more is refused. */
  queue: count.default(1000),
  balance: z.enum(['round-robin', 'least-outstanding', 'random-two']).default('round-robin'),
  version: z.string().default('v1'),
  zones: z.array(partName).min(1).optional(),
  memory: memorySchema.prefault({}),
  /** Garbage collection, for programs that have it. */
  gc: z.union([z.literal(false), z.literal(true).transform(() => collectorSchema.parse({})), collectorSchema]).default(false),
  /** From the start of the container until it can serve. */
  start: distribution.prefault('8s'),
  /** After a start, work takes this many times longer at first, and less and less until `warm` is over. */
  'cold-factor': z.number().min(1).max(100).default(1),
  warm: duration.default(30_000_000),
  readiness: probeSchema.prefault({}),
  /** Restarts a replica that does not answer its probe; false for none. */
  liveness: z.union([z.literal(false), z.literal(true).transform(() => probeSchema.parse({})), probeSchema]).default(false),
  /** Refuses work at once instead of queueing it. */
  shed: z.strictObject({ inflight: positiveCount.optional(), queue: duration.optional() }).optional(),
  /** Stops work for callers that have gone. */
  cancel: z.boolean().default(false),
  /** Refuses requests whose caller, or the caller's caller, has stopped waiting when they come to a thread. */
  deadlines: z.boolean().default(false),
  /** Answers 5xx for this share of requests, whatever else. */
  errors: share.default(0),
  /** What a message that it cannot handle does: the request fails, or the process dies of it. */
  'on-poison': z.enum(['fail', 'crash']).default('fail'),
  /** Attributes of users that lines about their requests tell. */
  'log-attributes': z.array(z.string()).max(3).default([]),
  dependencies: z.record(z.string(), policySchema).default({}),
  endpoints: z.record(z.string().regex(/\S/), z.array(z.unknown())).refine((endpoints) => Object.keys(endpoints).length > 0, { error: 'needs at least one endpoint.' }),
})

/** A service as its topology says; times in microseconds, sizes in bytes. */
export type ServiceSpec = z.output<typeof serviceSchema>
export type ProbeSpec = z.output<typeof probeSchema>
