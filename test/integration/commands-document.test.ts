/** docs/commands.md tells the truth: it is what the script writes, names every command of the catalogue, and every line answers. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mostCommands, mostComputingMs } from '../../exercises/simulator/bastion/index.ts'
import { answerOf, openIncident } from '../commands/answer.ts'
import type { Shift } from '../../exercises/simulator/incident/shift/index.ts'
import { commandsDocument } from '../commands/document.ts'
import { catalogueLines, unanswered } from '../commands/lines.ts'
import type { CatalogueLine } from '../commands/lines.ts'

const root = join(import.meta.dirname, '..', '..')
const catalogue = join(root, '..', 'shared', 'catalog', 'catalog.json')
const named = [...catalogueLines, ...unanswered].flatMap(({ ids }) => ids)

/** Asks again and again until the answer is there: for three simulated minutes. */
async function awaited(shift: Shift, line: CatalogueLine): Promise<string> {
  let answer = ''
  for (const endUs = shift.nowUs + 180_000_000; shift.nowUs < endUs; shift.runTo(shift.nowUs + (line.after?.askedEachSeconds ?? 1) * 1e6)) {
    answer = await answerOf(shift, line)
    if (line.shows.test(answer)) break
  }
  return answer
}

describe('docs/commands.md', () => {
  it('is what "node test/commands/write-document.ts" writes', () => {
    expect(readFileSync(join(root, 'docs', 'commands.md'), 'utf8')).toBe(commandsDocument())
  })
  it('names each item once, and the limits as they are', () => {
    expect(named.filter((id, index) => named.indexOf(id) !== index)).toEqual([])
    expect([mostCommands, mostComputingMs]).toEqual([4_000, 2_000])
  })
  it.skipIf(!existsSync(catalogue))('names every command of the catalogue', () => {
    const items = JSON.parse(readFileSync(catalogue, 'utf8')) as readonly { readonly id: string; readonly kind: string }[]
    expect(named.toSorted()).toEqual(items.filter(({ kind }) => kind === 'command').map(({ id }) => id).toSorted())
  })
  it.each([...Map.groupBy(catalogueLines, ({ incident }) => incident)])('%s answers all its lines', async (incident, lines) => {
    const shift = openIncident(join(root, 'content'), incident)
    for (const line of lines.filter(({ after }) => after === undefined)) expect(await answerOf(shift, line), line.line).toMatch(line.shows)
    for (const [, waiting] of Map.groupBy(lines, ({ after }) => JSON.stringify(after?.act))) {
      const [first] = waiting
      if (first?.after === undefined) continue
      const acted = openIncident(join(root, 'content'), incident)
      expect(acted.act(first.after.act, 'console')).toMatchObject({ ok: true })
      for (const line of waiting) expect(await awaited(acted, line), line.line).toMatch(line.shows)
    }
  }, 180_000)
})
