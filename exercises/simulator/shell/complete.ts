import type { World } from '../model/index.ts'
import { commands } from './registry.ts'

/** Words that may stand at the cursor, and where the word that they replace begins. */
export interface Completion {
  readonly from: number
  readonly candidates: readonly string[]
}

/**
 * Completes the word before the cursor of a line: names of commands at its start and after a pipe, then what the command
 * knows of the world. @param cursor place in the line, in UTF-16 units
 */
export function complete(world: World, line: string, cursor: number): Completion {
  const before = line.slice(0, cursor)
  const part = before.slice(Math.max(before.lastIndexOf('|'), before.lastIndexOf(';'), before.lastIndexOf('&')) + 1).trimStart()
  const words = part.split(/\s+/)
  const typed = words.at(-1) ?? ''
  const [name, ...others] = words.slice(0, -1)
  const inside = others.indexOf('--')
  const known = name === undefined ? commands.map((command) => command.name) : candidatesOf(world, inside < 0 ? [name, ...others] : others.slice(inside + 1))
  const candidates = [...new Set(known)].filter((candidate) => candidate.startsWith(typed)).toSorted()
  return { from: cursor - typed.length, candidates }
}

function candidatesOf(world: World, [name, ...words]: readonly string[]): readonly string[] {
  if (name === undefined) return commands.map((command) => command.name)
  return commands.find((command) => command.name === name)?.candidates?.(world, words) ?? []
}
