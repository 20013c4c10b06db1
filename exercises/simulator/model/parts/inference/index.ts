import type { PartKind } from '../../part.ts'
import { modelChanges } from './changes.ts'
import { ModelServer } from './model-server.ts'
import { modelSchema } from './schema.ts'
import type { ModelSpec } from './schema.ts'

/** Servers of models: CPU work before, batches on a GPU. Programs ask with `call: classifier infer`. */
export const modelKind: PartKind<ModelSpec, ModelServer> = {
  kind: 'model',
  section: 'models',
  summary: 'A server of a model: CPU workers prepare inputs, a GPU works on batches, or on sequences of tokens.',
  schema: modelSchema,
  build: (spec, name, { world }) => new ModelServer(world, name, spec),
  changes: modelChanges,
}
