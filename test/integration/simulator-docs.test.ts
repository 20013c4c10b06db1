/** What the documentation of the simulator says is what the code does. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeParts, summarise } from '../../exercises/simulator/incident/index.ts'
import { createWorld, readTopology } from '../../exercises/simulator/model/index.ts'

const docs = join(import.meta.dirname, '..', '..', 'docs')
const read = (name: string): string => readFileSync(join(docs, name), 'utf8')
const minuteUs = 60_000_000

it('docs/simulator-parts.md is what `incident parts` prints', () => {
  expect(read('simulator-parts.md').trimEnd(), 'write it anew: npm run -s firedrill -- incident parts > docs/simulator-parts.md').toBe(describeParts().trimEnd())
})

it('the topology of docs/simulator.md fails at 10 minutes as the text says, in at most 30 lines', () => {
  const yaml = /```yaml topology\n([\s\S]*?)```/.exec(read('simulator.md'))?.[1] ?? ''
  expect(yaml.trimEnd().split('\n').length).toBeLessThanOrEqual(30)
  const topology = readTopology('checkout.yaml', yaml)
  if (!topology.ok) throw new Error(JSON.stringify(topology.error))
  const world = createWorld(topology.value, { seed: 1 })
  world.runUntil(20 * minuteUs)
  const { parts } = summarise(world, 20)
  const shoppers = parts.find(({ part }) => part === 'shoppers')
  const database = parts.find(({ part }) => part === 'orders-db')
  expect(Math.max(...(shoppers?.errors.slice(1, 9) ?? [1]))).toBe(0)
  for (const share of shoppers?.errors.slice(13) ?? [0]) expect(share).toBeGreaterThan(0.4)
  for (const rate of database?.throughput.slice(13) ?? [0]) expect(Math.abs(rate - 48)).toBeLessThan(3)
})
