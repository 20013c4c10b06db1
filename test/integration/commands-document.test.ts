/** docs/commands.md tells the truth: it is what the script writes, names every command of the catalogue, and every line answers. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mostCommands, mostComputingMs } from '../../exercises/simulator/bastion/index.ts'
import { answerOf, openIncident } from '../commands/answer.ts'
import { commandsDocument } from '../commands/document.ts'
import { catalogueLines, unanswered } from '../commands/lines.ts'

const root = join(import.meta.dirname, '..', '..')
const catalogue = join(root, '..', 'shared', 'catalog', 'catalog.json')
const named = [...catalogueLines, ...unanswered].flatMap(({ ids }) => ids)

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
    for (const line of lines) expect(await answerOf(shift, line), line.line).toMatch(line.shows)
  })
})
