import type { Command } from './command.ts'
import { failed, printed } from './command.ts'
import { manualPage } from './manual.ts'

/** `man` and `help`, over the commands that there are. */
export function helpCommands(commands: readonly Command[]): readonly Command[] {
  const known: Command[] = [...commands]
  const man: Command = {
    name: 'man',
    summary: 'show the manual page of a command',
    synopsis: ['man COMMAND'],
    description: ['Manual pages tell what a command answers in this simulation, where that comes from, and what it cannot do.'],
    answers: [],
    run({ args }) {
      const name = args.at(-1)
      if (name === undefined) return failed('What manual page do you want?\nFor example, try \'man man\'.')
      const found = known.find((command) => command.name === name)
      return found === undefined ? failed(`No manual entry for ${name}`, 16) : printed(manualPage(found))
    },
    candidates: () => known.map(({ name }) => name),
  }
  const help: Command = {
    name: 'help',
    summary: 'list the commands that ask the simulated system',
    synopsis: ['help'],
    description: ['One line for each command. man COMMAND tells more.'],
    answers: [],
    run: () => printed(`${known.map(({ name, summary }) => `${name.padEnd(26)}${summary}\n`).join('')}`),
  }
  known.push(man, help)
  return [man, help]
}
