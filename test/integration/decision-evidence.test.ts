/**
 * What decisions reveal is what the simulator prints. After a change of a topology or of the engine:
 * `vitest run test/integration/decision-evidence.test.ts -u`, then read what changed and whether the exercise still says so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { renderEvidence } from '../../exercises/kinds/decision/evidence/render.ts'
import { evidenceSchema } from '../../exercises/kinds/decision/evidence/shows.ts'

const exercisesDir = join(import.meta.dirname, '../../content/exercises')
const simulated = readdirSync(exercisesDir).filter((id) => existsSync(join(exercisesDir, id, 'evidence/shows.yaml')))

describe.each(simulated)('%s', (id) => {
  const folder = join(exercisesDir, id, 'evidence')
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

  it('reveals what its world prints', { timeout: 60_000 }, async () => {
    const texts = renderEvidence(read('topology.yaml'), evidenceSchema.parse(parse(read('shows.yaml'))))
    for (const [name, text] of Object.entries(texts)) await expect(text).toMatchFileSnapshot(join(folder, `${name}.txt`))
    const kept = readdirSync(folder).filter((file) => file.endsWith('.txt')).toSorted()
    expect(kept).toEqual(Object.keys(texts).map((name) => `${name}.txt`).toSorted())
  })

  it('shows every text that is kept', () => {
    const exercise = readFileSync(join(exercisesDir, id, 'exercise.yaml'), 'utf8')
    const unused = readdirSync(folder).filter((file) => file.endsWith('.txt') && !exercise.includes(`file:evidence/${file}`))
    expect(unused).toEqual([])
  })
})
