import { Compiler } from '../../program/compiler.ts'
import type { BuildContext, PartKind } from '../../part.ts'
import { didYouMean } from '../../suggest.ts'
import { serviceChanges } from './changes.ts'
import { serviceSchema } from './schema.ts'
import type { ServiceSpec } from './schema.ts'
import { Service } from './service.ts'

function connect(service: Service, spec: ServiceSpec, context: BuildContext): void {
  const { world, path } = context
  const compiler = new Compiler({
    world,
    problem: (at, message) => context.problem(at.slice(path.length), message),
    dependencies: spec.dependencies,
    attribute: (name, value) => world.attributes.find(name, value),
  })
  for (const [at, name] of spec['log-attributes'].entries()) {
    if (!world.attributes.names.includes(name)) context.problem(['log-attributes', at], `No client gives its users an attribute "${name}".${didYouMean(name, world.attributes.names)}`)
  }
  for (const target of Object.keys(spec.dependencies)) compiler.part(target, [...path, 'dependencies', target])
  const entries = Object.entries(spec.endpoints).map(([name, steps]) => compiler.endpoint(steps, [...path, 'endpoints', name]))
  service.begin(compiler.finish(), entries)
}

/** Services: replicas with threads, cores and memory that run the programs of their endpoints. */
export const serviceKind: PartKind<ServiceSpec, Service> = {
  kind: 'service',
  section: 'services',
  summary: 'Programs in replicas with threads, a queue, cores and memory.',
  schema: serviceSchema,
  build: (spec, name, { world }) => new Service(world, name, spec),
  connect,
  changes: serviceChanges,
}
