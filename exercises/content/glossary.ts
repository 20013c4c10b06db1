/** The glossary: one precise sentence for each term, and where it is taught. */
import { z } from 'zod'
import type { Problem } from '../core/problem.ts'
import { checkYaml, parseYamlSource } from './compile/yaml-source.ts'
import type { GlossaryTerm } from './glossary-term.ts'
import { glossaryTermSchema } from './glossary-term.ts'

const glossarySchema = z.strictObject({ terms: z.array(glossaryTermSchema) })

export interface ParsedGlossary {
  /** In alphabetical order of the terms, by code unit after lower-casing, so that it is the same on every machine. */
  terms: GlossaryTerm[]
  problems: Problem[]
}

/** Parses glossary.yaml. A malformed one gives no terms and says why; nothing throws. */
export function parseGlossary(file: string, text: string): ParsedGlossary {
  const source = parseYamlSource({ file, text, firstLine: 1 })
  const { value, problems } = checkYaml<z.output<typeof glossarySchema>>(source, file, glossarySchema)
  if (!value) return { terms: [], problems }
  const found: Problem[] = [...problems]
  const complain = (index: number, rule: string, message: string): number => found.push({ file, line: source.lineOf(['terms', index]), severity: 'error', rule, message })
  const ids = new Set(value.terms.map(({ id }) => id))
  const owners = new Map<string, string>()
  const seen = new Set<string>()
  value.terms.forEach(({ id, term, also, see }, index) => {
    if (seen.has(id)) complain(index, 'id.duplicate', `"${id}" stands twice in the glossary.`)
    seen.add(id)
    for (const name of [term, ...also]) {
      const owner = owners.get(name.toLowerCase())
      if (owner !== undefined) complain(index, 'glossary.duplicate', `"${name}" is a spelling of "${owner}" already.`)
      owners.set(name.toLowerCase(), id)
    }
    for (const other of see) if (!ids.has(other)) complain(index, 'glossary.unknown', `"${id}" refers to "${other}", which is not in the glossary.`)
  })
  const key = ({ term }: GlossaryTerm): string => term.toLowerCase()
  return { terms: value.terms.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)), problems: found }
}
