/** The authors' command line: `npm run -s firedrill -- <command> ...`. Commands are loaded when they are called. */
import { join } from 'node:path'
import { UsageError } from './command.ts'
import type { Command, CommandContext, ExitCode } from './command.ts'

/** In the order of `help`. */
const commands: Record<string, () => Promise<Command>> = {
  validate: async () => (await import('./validate.ts')).validateCommand,
  grade: async () => (await import('./grade.ts')).gradeCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  coverage: async () => (await import('./coverage.ts')).coverageCommand,
  sim: async () => (await import('./sim.ts')).simCommand,
  'promql-conformance': async () => (await import('./promql-conformance.ts')).promqlConformanceCommand,
  incident: async () => (await import('./incident.ts')).incidentCommand,
}

/** Runs one command. Never throws: a bug in a command is told and exits 1. */
export async function runCommandLine(argv: readonly string[], context: Omit<CommandContext, 'args'>): Promise<ExitCode> {
  const [name, ...args] = argv
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const text = await help()
    if (name === undefined) context.complain(text)
    else context.print(text)
    return name === undefined ? 2 : 0
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    context.complain(`"${name}" is not a command. ${Object.keys(commands).join(', ')} and help are.`)
    return 2
  }
  const command = await load()
  try {
    return await command.run({ ...context, args })
  } catch (error) {
    if (error instanceof UsageError) {
      context.complain(`${error.message}\nUsage: firedrill ${command.usage}`)
      return 2
    }
    context.complain(`firedrill ${name} stopped because of a fault of its own: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return 1
  }
}

async function help(): Promise<string> {
  const loaded = await Promise.all(Object.values(commands).map((load) => load()))
  const lines = loaded.map(({ usage, summary }) => `  ${usage}\n      ${summary}`)
  return ['Usage: npm run -s firedrill -- <command>', '', ...lines, '  help', '      print this', '', 'Exit codes: 0 all is well, 1 something is wrong in the content, 2 the command was not understood.'].join('\n')
}

/** npm runs scripts in the package's folder; relative paths mean the folder that the author is in. */
function callersFolder(): string {
  const { INIT_CWD: initial, npm_lifecycle_event: script } = process.env
  return script === 'firedrill' && initial !== undefined ? initial : process.cwd()
}

if (import.meta.main) {
  const isTerminal = process.stderr.isTTY === true
  const clear = (): void => {
    if (isTerminal) process.stderr.write('\r\u001b[K')
  }
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    workingDir: callersFolder(),
    contentDir: join(import.meta.dirname, '..', '..', 'content'),
    print: (text) => {
      clear()
      process.stdout.write(`${text}\n`)
    },
    complain: (text) => {
      clear()
      process.stderr.write(`${text}\n`)
    },
    progress: (message) => {
      if (isTerminal) process.stderr.write(`\r\u001b[K${message}`)
    },
  })
  clear()
}
