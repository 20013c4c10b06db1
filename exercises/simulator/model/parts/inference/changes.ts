/** What can be done and can happen to a model server. */
import { z } from 'zod'
import { duration, positiveCount, share } from '../../../topology/quantity.ts'
import { action, either, fault } from '../../change-kind.ts'
import type { ChangeKind } from '../../part.ts'
import type { ModelServer } from './model-server.ts'

const second = 1_000_000
const factor = z.number().positive().max(1000)

/** All replicas begin anew, one after the other in life; here those that are not loaded yet are missed at once. */
function restartAll(server: ModelServer): void {
  for (const [index, { gone }] of server.replicas.entries()) if (gone === 0) server.crash(index, true)
}

export const modelChanges: readonly ChangeKind<ModelServer>[] = [
  either({
    name: 'deploy',
    recordedAs: 'deploy',
    summary: 'Serves another version of the model: gpu-factor and cpu-factor say how much longer work takes, memory-factor how much more an item needs.',
    schema: z.strictObject({ version: z.string(), 'gpu-factor': factor.default(1), 'cpu-factor': factor.default(1), 'memory-factor': factor.default(1), errors: share.default(0) }),
    durationUs: () => 60 * second,
    apply(server: ModelServer, args) {
      const before = server.release.version
      server.releases.push({ version: args.version, gpuFactor: args['gpu-factor'], cpuFactor: args['cpu-factor'], memoryFactor: args['memory-factor'], errors: args.errors })
      return `model ${before} -> ${args.version}`
    },
  }),
  action({
    name: 'rollback',
    recordedAs: 'deploy',
    summary: 'Serves the version of the model before this one.',
    schema: z.strictObject({}),
    durationUs: () => 60 * second,
    refuse: (server: ModelServer) => (server.releases.length < 2 ? 'There is no version before this one.' : null),
    apply(server) {
      const now = server.releases.pop()
      return `model ${now?.version ?? ''} -> ${server.release.version}`
    },
  }),
  either({
    name: 'change-prompt',
    summary: 'Uses another prompt: prompt-factor and output-factor change the tokens of requests and answers, errors and flagged how many are no use.',
    schema: z.strictObject({ version: z.string(), 'prompt-factor': factor.default(1), 'output-factor': factor.default(1), errors: share.default(0), flagged: share.default(0) }),
    durationUs: () => 20 * second,
    apply(server: ModelServer, args) {
      const before = server.prompt.version
      server.prompts.push({ version: args.version, promptFactor: args['prompt-factor'], outputFactor: args['output-factor'], errors: args.errors, flagged: args.flagged })
      return `prompt ${before} -> ${args.version}`
    },
  }),
  action({
    name: 'rollback-prompt',
    summary: 'Uses the prompt before this one.',
    schema: z.strictObject({}),
    durationUs: () => 20 * second,
    refuse: (server: ModelServer) => (server.prompts.length < 2 ? 'There is no prompt before this one.' : null),
    apply(server) {
      const now = server.prompts.pop()
      return `prompt ${now?.version ?? ''} -> ${server.prompt.version}`
    },
  }),
  either({
    name: 'scale',
    summary: 'Changes the number of replicas, each with a GPU. New ones load their weights first.',
    schema: z.strictObject({ replicas: positiveCount.refine((replicas) => replicas <= 64, { error: 'must be at most 64.' }) }),
    durationUs: () => 30 * second,
    apply(server: ModelServer, { replicas }) {
      const before = server.replicas.filter(({ gone }) => gone === 0).length
      server.scale(replicas)
      return `replicas ${before} -> ${replicas}`
    },
  }),
  either({
    name: 'configure',
    summary: 'Changes cpu-workers, batch-max, batch-wait or sequences.',
    schema: z.strictObject({ 'cpu-workers': positiveCount.optional(), 'batch-max': positiveCount.optional(), 'batch-wait': duration.optional(), sequences: positiveCount.optional() }),
    durationUs: () => 30 * second,
    apply(server: ModelServer, args) {
      const { settings } = server
      settings.cpuWorkers = args['cpu-workers'] ?? settings.cpuWorkers
      settings.batchMax = args['batch-max'] ?? settings.batchMax
      settings.batchWaitUs = args['batch-wait'] ?? settings.batchWaitUs
      settings.sequences = args.sequences ?? settings.sequences
      server.refresh()
      return Object.entries(args).map(([name, value]) => `${name} ${value}`).join(', ')
    },
  }),
  action({
    name: 'restart',
    summary: 'Restarts all replicas at once. What they had is lost, and weights are loaded again.',
    schema: z.strictObject({}),
    durationUs: () => 5 * second,
    apply(server: ModelServer) {
      restartAll(server)
      return 'all replicas restarted'
    },
  }),
  fault({
    name: 'crash',
    summary: 'Replicas die: all, or as many as replicas says.',
    schema: z.strictObject({ replicas: positiveCount.optional() }),
    apply(server: ModelServer, { replicas = server.replicas.length }) {
      for (const index of server.replicas.keys()) if (index < replicas) server.crash(index, true)
      return `${replicas} replicas died`
    },
  }),
  fault({
    name: 'larger-inputs',
    summary: 'Inputs take longer to prepare, as larger images do.',
    schema: z.strictObject({ factor }),
    apply(server: ModelServer, args) {
      server.settings.inputFactor = args.factor
      return `inputs take ${args.factor} times as long to prepare`
    },
    revert: (server) => void (server.settings.inputFactor = 1),
  }),
  fault({
    name: 'slow-gpu',
    summary: 'The GPU takes longer: it is hot, or not alone.',
    schema: z.strictObject({ factor }),
    apply(server: ModelServer, args) {
      server.settings.gpuFactor = args.factor
      return `the GPU takes ${args.factor} times as long`
    },
    revert: (server) => void (server.settings.gpuFactor = 1),
  }),
]
