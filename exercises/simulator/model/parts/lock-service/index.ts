import { z } from 'zod'
import { action, fault } from '../../change-kind.ts'
import type { ChangeKind, PartKind, Path, StepCompiler, StepKind } from '../../part.ts'
import { LockService, lockStep } from './lock-service.ts'
import { leaseSchema, lockServiceSchema } from './schema.ts'
import type { LockServiceSpec } from './schema.ts'

const second = 1_000_000

const changes: readonly ChangeKind<LockService>[] = [
  fault<LockService, Record<string, never>>({
    name: 'down',
    summary: 'The lock service answers nobody: no locks, no renewals.',
    schema: z.strictObject({}),
    apply(service) {
      service.isUp = false
      return 'no locks are given or renewed'
    },
    revert: (service) => void (service.isUp = true),
  }),
  action<LockService, { lease: number }>({
    name: 'set-lease',
    summary: 'Changes how long leases last, for those that are given from now on.',
    schema: z.strictObject({ lease: leaseSchema }),
    durationUs: () => 20 * second,
    apply(service, { lease }) {
      const before = service.leaseUs
      service.leaseUs = lease
      return `lease ${before / 1e6} s -> ${lease / 1e6} s`
    },
  }),
  action<LockService, { on: boolean }>({
    name: 'set-renewal',
    summary: 'Has owners renew their lease after each third of it, as long as their process runs; for leases that are given from now on.',
    schema: z.strictObject({ on: z.boolean() }),
    durationUs: () => 45 * second,
    apply(service, { on }) {
      service.isRenewing = on
      return on ? 'owners renew their leases' : 'leases are not renewed'
    },
  }),
  action<LockService, { on: boolean }>({
    name: 'set-fencing',
    summary: 'Has what the locks protect refuse writes with an older token than it has seen.',
    schema: z.strictObject({ on: z.boolean() }),
    durationUs: () => 60 * second,
    apply(service, { on }) {
      service.isFencing = on
      return on ? 'stale writes are refused' : 'all writes are taken'
    },
  }),
  action<LockService, Record<string, never>>({
    name: 'break-locks',
    summary: 'Takes all locks from their owners, who are not told.',
    schema: z.strictObject({}),
    durationUs: () => 10 * second,
    apply: (service) => `${service.breakLocks()} locks broken`,
  }),
]

function lockServiceOf(name: string, compiler: StepCompiler, path: Path): LockService | null {
  const part = compiler.part(name, path)
  if (part === null || part instanceof LockService) return part
  compiler.problem(path, `"${name}" is not under lock-services.`)
  return null
}

const withLockSchema = z.strictObject({ 'with-lock': z.string(), do: z.array(z.unknown()) })
const withLockStep: StepKind<z.output<typeof withLockSchema>> = {
  keyword: 'with-lock',
  summary: 'with-lock: report-locks with do: steps has the lock of the key of the request for all of them.',
  schema: withLockSchema,
  compile(step, compiler, path) {
    const locks = lockServiceOf(step['with-lock'], compiler, [...path, 'with-lock'])
    if (locks !== null) compiler.partStep(locks, lockStep.acquire, 0)
    compiler.steps(step.do, [...path, 'do'])
    if (locks !== null) compiler.partStep(locks, lockStep.release, 0)
  },
}

const writeSchema = z.strictObject({ 'protected-write': z.string() })
const writeStep: StepKind<z.output<typeof writeSchema>> = {
  keyword: 'protected-write',
  summary: 'protected-write: report-locks writes to what the lock protects, with the token of the lease.',
  schema: writeSchema,
  compile(step, compiler, path) {
    const locks = lockServiceOf(step['protected-write'], compiler, [...path, 'protected-write'])
    if (locks !== null) compiler.partStep(locks, lockStep.write, 0)
  },
}

/** Lock services with leases. */
export const lockServiceKind: PartKind<LockServiceSpec, LockService> = {
  kind: 'lock-service',
  section: 'lock-services',
  summary: 'Locks with leases and fencing tokens.',
  schema: lockServiceSchema,
  build: (spec, name, { world }) => new LockService(world, name, spec),
  steps: [withLockStep as StepKind, writeStep as StepKind],
  changes,
}
