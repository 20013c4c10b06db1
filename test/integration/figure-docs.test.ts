/** The table of figures that authors read is what the figures take. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { figureKinds, figureTypes } from '../../exercises/content/figure-types.ts'
import type { FigureType } from '../../exercises/content/figure-types.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'authoring.md'), 'utf8')

function rowOf(type: FigureType): string {
  const { attributes, readings, shows } = figureKinds[type]
  const starts = Object.entries(attributes).map(([name, attribute]) =>
    'choices' in attribute
      ? `\`${name}\` ${attribute.choices.map((choice: string) => (choice === attribute.default ? `**${choice}**` : choice)).join(', ')}`
      : `\`${name}\` ${attribute.min}-${attribute.max} (**${attribute.default}**${attribute.unit === '' ? '' : ` ${attribute.unit}`})`,
  )
  return `| \`${type}\` | ${starts.join('; ')} | ${Object.keys(readings).map((name) => `\`${name}\``).join(', ')} | ${shows} |`
}

it('docs/authoring.md has a row for each figure, as it is', () => {
  const rows = page.split('\n').filter((line) => /^\| `[a-z-]+` \| `/.test(line))
  expect(rows).toEqual(figureTypes.toSorted().map(rowOf))
})
