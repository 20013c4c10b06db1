import { isCharacterChord, matchesChord, parseKeys } from '../ui/keys.ts'
import type { Chord } from '../ui/keys.ts'

export interface Command {
  /** Dotted and stable, such as `go.home`. */
  id: string
  /** Verb first, sentence case: "Show the solution". */
  title: string
  /** Heading in the palette and the key sheet, such as "Go to" or "This chapter". */
  section: string
  /** `Mod+Enter`, `j`, `g h` or `?`. */
  keys?: string
  run(): void
  /** Kept out of the palette; its keys still work and show on the sheet. */
  hidden?: boolean
  /** False: listed as unavailable and not run. */
  enabled?: boolean
}

/** How long the second key of a sequence may take. */
const sequenceMs = 1_200

interface Parsed {
  command: Command
  chords: Chord[]
}

/** Commands of one registration; a change keeps its place among the others. */
export interface CommandGroup {
  change(commands: readonly Command[]): void
  remove(): void
}

/** Commands of what is on screen. The newest registration wins a key, so that a screen may override the shell. */
export interface CommandRegistry {
  add(commands: readonly Command[]): CommandGroup
  list(): readonly Command[]
  subscribe(listener: () => void): () => void
  /** Runs a command by id; false when there is none or it is unavailable. */
  run(id: string): boolean
  /**
   * Runs what a key press asks for; true when something ran or a sequence began. `typing`: the focus is where
   * characters are text. `singleKeys`: the learner's choice. `atMs` orders sequences.
   */
  press(event: KeyboardEvent, context: { typing: boolean; onControl: boolean; singleKeys: boolean; atMs: number }): boolean
}

/** An empty registry. */
export function createCommandRegistry(): CommandRegistry {
  let groups: { parsed: readonly Parsed[] }[] = []
  let flat: readonly Command[] = []
  let begun: { chord: Chord; atMs: number } | null = null
  const listeners = new Set<() => void>()

  function update(next: typeof groups): void {
    groups = next
    const byId = new Map<string, Command>()
    for (const group of groups) for (const { command } of group.parsed) byId.set(command.id, command)
    flat = [...byId.values()]
    for (const listener of listeners) listener()
  }

  function candidates(): Parsed[] {
    return groups.toReversed().flatMap((group) => group.parsed.filter(({ command, chords }) => chords.length > 0 && command.enabled !== false))
  }

  return {
    add(commands) {
      const group = { parsed: parse(commands) }
      update([...groups, group])
      return {
        change(next) {
          group.parsed = parse(next)
          update(groups)
        },
        remove: () => update(groups.filter((other) => other !== group)),
      }
    },
    list: () => flat,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    run(id) {
      const command = flat.find((one) => one.id === id)
      if (command === undefined || command.enabled === false) return false
      command.run()
      return true
    },
    press(event, { typing, onControl, singleKeys, atMs }) {
      const prefix = begun !== null && atMs - begun.atMs <= sequenceMs ? begun.chord : null
      begun = null
      const awake = candidates().filter(({ chords }) => {
        const first = chords[0]
        if (first === undefined) return false
        if (isCharacterChord(first)) return singleKeys && !typing
        // Undo belongs to the text while there is text to undo.
        if (first.mod && first.key === 'z') return !typing
        if (!first.mod && !first.alt && !/^F\d+$/.test(first.key)) return !typing && !(onControl && (first.key === 'Enter' || first.key === ' '))
        return true
      })
      if (prefix !== null) {
        const second = awake.find(({ chords }) => chords.length === 2 && sameChord(chords[0], prefix) && matches(event, chords[1]))
        if (second) {
          second.command.run()
          return true
        }
      }
      const direct = awake.find(({ chords }) => chords.length === 1 && matches(event, chords[0]))
      if (direct) {
        direct.command.run()
        return true
      }
      const start = awake.find(({ chords }) => chords.length === 2 && matches(event, chords[0]))?.chords[0]
      if (start) {
        begun = { chord: start, atMs }
        return true
      }
      return false
    },
  }
}

function parse(commands: readonly Command[]): Parsed[] {
  return commands.map((command) => ({ command, chords: command.keys ? parseKeys(command.keys) : [] }))
}

function matches(event: KeyboardEvent, chord: Chord | undefined): boolean {
  return chord !== undefined && matchesChord(event, chord)
}

function sameChord(one: Chord | undefined, other: Chord): boolean {
  return one !== undefined && one.key === other.key && one.mod === other.mod && one.alt === other.alt && one.shift === other.shift
}
