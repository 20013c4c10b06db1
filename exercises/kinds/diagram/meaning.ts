/** Which node means what: by its words, whatever it is called exactly. */
import type { Diagram } from './diagram.ts'
import type { Meaning } from './schema.ts'

/** Words in lower case without plural endings: `CacheLayers` and `cache_layer` are the same two. */
export function wordsOfLabel(label: string): string[] {
  return label
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}(?!s\b)\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => (/(?:ss|us|is)$/.test(word) || word.length < 3 ? word : word.replace(/ies$/, 'y').replace(/s$/, '')))
}

/** The part of a title that names the thing: before a colon, a bracket or a preposition. */
function headOf(title: string): string {
  return title.split(/[:(\u2013\u2014]| - |\b(?:to|of|for|with|from|on|in|via|by)\b/i, 1)[0] ?? title
}

/** How well some words say a name: 0 for not at all; more letters are better, at the end best of all. */
function strength(words: readonly string[], names: readonly (readonly string[])[]): number {
  let best = 0
  for (const name of names) {
    const wanted = name.join('')
    for (let start = 0; start < words.length; start += 1) {
      for (let end = start + 1, said = words[start] ?? ''; said.length <= wanted.length; end += 1) {
        if (said === wanted) best = Math.max(best, wanted.length + (end === words.length ? 100 : 0))
        if (end >= words.length) break
        said += words[end]
      }
    }
  }
  return best
}

interface Known {
  name: string
  names: string[][]
  patterns: RegExp[]
  not: RegExp[]
}

function patternOf(synonym: string): RegExp | null {
  const inside = /^\/(.*)\/$/s.exec(synonym)?.[1]
  return inside === undefined ? null : new RegExp(inside, 'iu')
}

function knownOf(name: string, meaning: Meaning): Known {
  return {
    name,
    names: meaning.is.filter((one) => patternOf(one) === null).map(wordsOfLabel),
    patterns: meaning.is.flatMap((one) => patternOf(one) ?? []),
    not: meaning.not.map((one) => new RegExp(one, 'iu')),
  }
}

function strengthOf(known: Known, text: string): number {
  if (known.not.some((pattern) => pattern.test(text))) return 0
  const found = known.patterns.reduce((most, pattern) => Math.max(most, pattern.exec(text)?.[0].length ?? 0), 0)
  return Math.max(strength(wordsOfLabel(text), known.names), found)
}

function bestOf(known: readonly Known[], text: string): string | null {
  let best: { name: string; strength: number } | null = null
  for (const one of known) {
    const found = strengthOf(one, text)
    if (found > (best?.strength ?? 0)) best = { name: one.name, strength: found }
  }
  return best?.name ?? null
}

/** What each thing of a diagram means, and the other way round. */
export interface Meanings {
  /** Meaning of a node or group by its id; null when it means nothing that is asked for. */
  of(id: string): string | null
  /** Ids of what has a meaning: nodes, or where there is none, groups with what stands in them. */
  ids(name: string): readonly string[]
  /** How evidence calls a meaning, such as "the cache". */
  called(name: string): string
}

/** Gives every node the meaning that its words say best: the name in its title first, then all of its label, then its id. */
export function assignMeanings(diagram: Diagram, meanings: Readonly<Record<string, Meaning>>): Meanings {
  const known = Object.entries(meanings).map(([name, meaning]) => knownOf(name, meaning))
  const meaningOf = new Map<string, string>()
  const idsOf = new Map<string, string[]>()
  const give = (id: string, name: string): void => {
    meaningOf.set(id, name)
    idsOf.set(name, [...(idsOf.get(name) ?? []), id])
  }
  const best = (thing: { id: string; label: string; title: string }): string | null => bestOf(known, headOf(thing.title)) ?? bestOf(known, thing.title) ?? bestOf(known, thing.label) ?? bestOf(known, thing.id)
  for (const node of diagram.nodes) {
    const name = best(node)
    if (name !== null) give(node.id, name)
  }
  const drawn = new Set(idsOf.keys())
  for (const group of diagram.groups) {
    const name = best(group)
    if (name === null || drawn.has(name)) continue
    give(group.id, name)
    for (const node of diagram.nodes) if (node.group === group.id && !meaningOf.has(node.id)) give(node.id, name)
  }
  return {
    of: (id) => meaningOf.get(id) ?? null,
    ids: (name) => idsOf.get(name) ?? [],
    called: (name) => (Object.hasOwn(meanings, name) ? meanings[name]?.called : undefined) ?? name,
  }
}
