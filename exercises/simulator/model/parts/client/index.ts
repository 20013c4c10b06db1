import { z } from 'zod'
import { mostAttributes } from '../../attributes.ts'
import type { BuildContext, PartKind } from '../../part.ts'
import { policyFields } from '../../policy/schema.ts'
import { Compiler } from '../../program/compiler.ts'
import { op } from '../../program/opcodes.ts'
import { Population } from './population.ts'
import { clientSchema } from './schema.ts'
import type { ClientSpec } from './schema.ts'

function build(spec: ClientSpec, name: string, context: BuildContext): Population {
  const { world } = context
  const attributes = Object.entries(spec.attributes).map(([attribute, shares]) => {
    let upTo = 0
    let index = 0
    const values = Object.entries(shares).map(([word, share]) => {
      const added = world.attributes.add(attribute, word)
      if (added === null) context.problem(['attributes', attribute], `A topology has at most ${mostAttributes} attributes with 255 values each.`)
      index = added?.index ?? 0
      upTo += share
      return { value: added?.value ?? 0, upTo }
    })
    if (upTo > 1 + 1e-9) context.problem(['attributes', attribute], `The shares add up to ${Math.round(upTo * 100)}%; they must not exceed 100%.`)
    return { index, values }
  })
  return new Population(world, name, spec, attributes)
}

function connect(population: Population, spec: ClientSpec, context: BuildContext): void {
  const { world, path } = context
  const compiler = new Compiler({ world, problem: (at, message) => context.problem(at.slice(path.length), message), dependencies: {}, attribute: (name, value) => world.attributes.find(name, value) })
  const policy = Object.fromEntries(Object.entries(spec).filter(([key]) => key in policyFields))
  if (spec.call !== undefined) compiler.call(spec.call, policy, [...path, 'call'])
  else if (spec.mix !== undefined) {
    const ends: number[] = []
    let left = 1
    for (const [target, share] of Object.entries(spec.mix)) {
      compiler.chances.push(left <= 0 ? 0 : Math.min(1, share / left))
      left -= share
      const jump = compiler.emit(op.unlessChance, compiler.chances.length - 1, 0)
      compiler.call(target, policy, [...path, 'mix', target])
      ends.push(compiler.emit(op.jump, 0))
      compiler.patch(jump + 2, compiler.position())
    }
    for (const end of ends) compiler.patch(end + 1, compiler.position())
  } else compiler.steps(spec.do, [...path, 'do'])
  compiler.emit(op.end)
  population.begin(compiler.finish())
}

/** Populations of users. */
export const clientKind: PartKind<ClientSpec, Population> = {
  kind: 'client',
  section: 'clients',
  summary: 'Users: how many, what they ask for, how long they wait, what they do when it fails.',
  schema: clientSchema,
  build,
  connect,
  changes: [
    {
      name: 'traffic',
      use: 'both',
      summary: 'Multiplies the traffic of these users.',
      schema: z.strictObject({ factor: z.number().min(0).max(1000) }),
      durationUs: () => 30_000_000,
      apply(population, args) {
        const { factor } = args as { factor: number }
        const before = population.traffic
        population.setTraffic(factor)
        return `traffic ${before} -> ${factor}`
      },
      revert: (population) => population.setTraffic(1),
    },
  ],
}
