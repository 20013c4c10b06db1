import type { PartKind } from '../../part.ts'
import { pipelineChanges } from './changes.ts'
import { Pipeline } from './pipeline.ts'
import { pipelineSchema } from './schema.ts'
import type { PipelineSpec } from './schema.ts'

/** Data pipelines: batches through stages, checks of their data, and a model whose quality depends on it. */
export const pipelineKind: PartKind<PipelineSpec, Pipeline> = {
  kind: 'pipeline',
  section: 'pipelines',
  summary: 'Batches of rows that go through stages, and a model that scores what arrives.',
  schema: pipelineSchema,
  build: (spec, name, { world }) => new Pipeline(world, name, spec),
  changes: pipelineChanges,
}
