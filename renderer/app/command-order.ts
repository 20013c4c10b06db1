import type { Command } from './command-registry.ts'

/** Sections that every screen has, in the order in which they are listed. */
const windowSections = ['Go to', 'Window', 'Appearance', 'Data']

/** Commands as they are listed: those of the screen first, then the window's by section; within one, as registered. */
export function listedOrder(commands: readonly Command[]): Command[] {
  const rank = (command: Command): number => windowSections.indexOf(command.section)
  return commands.toSorted((one, other) => rank(one) - rank(other))
}
