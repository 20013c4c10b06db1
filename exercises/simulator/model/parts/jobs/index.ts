import { z } from 'zod'
import { positiveCount, positiveDuration } from '../../../topology/quantity.ts'
import { action, either, fault } from '../../change-kind.ts'
import type { BuildContext, PartKind } from '../../part.ts'
import { compilerFor } from '../background/background-part.ts'
import { Job } from './job.ts'
import { jobSchema } from './schema.ts'
import type { JobSpec } from './schema.ts'

const second = 1_000_000
const nothing = z.strictObject({})

function connect(job: Job, spec: JobSpec, context: BuildContext): void {
  const compiler = compilerFor(context, spec.dependencies)
  for (const target of Object.keys(spec.dependencies)) compiler.part(target, [...context.path, 'dependencies', target])
  compiler.endpoint(spec.do, [...context.path, 'do'])
  job.begin(compiler.finish())
}

/** Scheduled jobs: nightly reports, clean-ups, imports. */
export const jobKind: PartKind<JobSpec, Job> = {
  kind: 'job',
  section: 'jobs',
  summary: 'Work that a clock begins again and again, such as a nightly report.',
  schema: jobSchema,
  build: (spec, name, { world }) => new Job(world, name, spec),
  connect,
  changes: [
    either({
      name: 'trigger',
      summary: 'Begins a run now, whatever the clock and the lock say.',
      schema: nothing,
      durationUs: () => 5 * second,
      apply(job: Job) {
        job.start()
        return 'a run began'
      },
    }),
    action({
      name: 'kill',
      summary: 'Ends all runs where they are. What they had done stays done.',
      schema: nothing,
      durationUs: () => 5 * second,
      refuse: (job: Job) => (job.runs.length === 0 ? `${job.name} is not running.` : null),
      apply: (job) => `${job.kill()} runs ended`,
    }),
    action({
      name: 'suspend',
      summary: 'No more runs begin. Those under way go on.',
      schema: nothing,
      durationUs: () => 5 * second,
      apply(job: Job) {
        job.suspended = true
        return 'suspended'
      },
    }),
    action({
      name: 'resume',
      summary: 'Runs begin again when they are due.',
      schema: nothing,
      durationUs: () => 5 * second,
      refuse: (job: Job) => (job.suspended ? null : `${job.name} is not suspended.`),
      apply(job) {
        job.suspended = false
        return 'runs when it is due'
      },
    }),
    either({
      name: 'reschedule',
      recordedAs: 'config',
      summary: 'Changes how often it runs, from now on.',
      schema: z.strictObject({ every: positiveDuration }),
      durationUs: () => 15 * second,
      apply(job: Job, { every }) {
        const before = job.everyUs
        job.reschedule(every)
        return { summary: `every ${before / 1e6} s -> ${every / 1e6} s`, before: { every: before / 1e6 }, after: { every: every / 1e6 } }
      },
    }),
    either({
      name: 'set-workers',
      summary: 'Changes how many items its next run works on at once.',
      schema: z.strictObject({ workers: positiveCount }),
      durationUs: () => 15 * second,
      apply(job: Job, { workers }) {
        const before = job.workers
        job.workers = workers
        return `workers ${before} -> ${workers}`
      },
    }),
    fault({
      name: 'grow',
      summary: 'Runs have more items than before: data has grown.',
      schema: z.strictObject({ factor: z.number().positive().max(10_000) }),
      apply(job: Job, { factor }) {
        job.growth = factor
        return `${job.items} items a run`
      },
      revert: (job) => void (job.growth = 1),
    }),
  ],
}
