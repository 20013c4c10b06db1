/** The learner's shell on the bastion: bash with its pipes and files around the commands that ask the simulated world. */
import type { ActionRequest } from '../model/index.ts'
import { Database } from '../model/parts/database/database.ts'
import { commands, complete, readPsql, runCommand, runInSlices } from '../shell/index.ts'
import type { CommandResult, Completion } from '../shell/index.ts'
import type { Command, CommandName, ExecResult, ShellHost, ShellLibrary } from './host.ts'
import { explained, limits, mostComputingMs, shown } from './limits.ts'
import type { Operated } from './operated.ts'
import { runPsql } from './postgres/psql.ts'
import { RealDatabase } from './postgres/real-database.ts'
import type { RealTables } from './postgres/real-database.ts'

/** What a line printed. */
export interface LineAnswer {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
  /** What the room adds: when an action takes effect. */
  readonly notes: readonly string[]
  /** Folder in which the shell is now, as the prompt shows it. */
  readonly folder: string
  /** The line asks to be run again after so many simulated seconds, as `watch` does. */
  readonly againSeconds: number | null
  /** What it prints next comes after what it has printed, as with `kubectl logs -f`; a watch begins anew. */
  readonly goesOn: boolean
}

type Shell = InstanceType<ShellLibrary['Bash']>

const home = '/srv/oncall'
const greeting = 'Files that you write here last until you leave the room. "help" lists the commands that ask the system, "man kubectl" tells about one.\n'
/** Built-in commands that make no sense here, or that have another meaning in the simulation. */
const leftOut: ReadonlySet<string> = new Set(['gzip', 'gunzip', 'zcat', 'tar', 'sqlite3', 'html-to-markdown', 'history', 'hostname', 'whoami', 'date', 'help', 'clear'])
/** What goes on is asked again after so many simulated seconds. */
const followSeconds = 1
/** Commands that the session runs itself. */
const delegated: ReadonlySet<string> = new Set(['psql', 'bash', 'sh'])
/** A line used up its time. */
class ComputedTooLong extends Error {
  constructor() {
    super(`stopped after ${String(mostComputingMs / 1000)} s of computing. The system was not touched by the stop.`)
  }
}

/** After this much work the clock gets its turn. */
const turnMs = 10

export class ShellSession {
  private readonly shift: Operated
  private readonly host: ShellHost
  private library: ShellLibrary | null = null
  private shell: Shell | null = null
  private env: Record<string, string> = { HOME: home, USER: 'oncall', HOSTNAME: 'bastion', LANG: 'C.UTF-8', TERM: 'xterm-256color' }
  private cwd = home
  private notes: string[] = []
  private againSeconds: number | null = null
  /** Where the commands of the line are that go on, in their order: as they were before, and as they are now. */
  private followed: readonly string[] = []
  private follows: string[] = []
  private lastLine = ''
  /** The pod in which a shell runs. */
  private insidePod: string | null = null
  private abort: ReturnType<ShellHost['stopper']> | null = null
  private turnAtMs = 0
  /** Computing time of the line before its last turn. */
  private usedMs = 0
  private steps = 0
  private last: Promise<unknown> = Promise.resolve()

  private readonly tables: RealTables | null
  private readonly real = new Map<string, RealDatabase>()

  /** @param tables for psql; without them it asks the simulated databases only */
  constructor(shift: Operated, host: ShellHost, tables: RealTables | null = null) {
    this.shift = shift
    this.host = host
    this.tables = tables
  }

  /** Loads what the first lines will need. */
  async prepare(): Promise<void> {
    await this.load()
    for (const name of Object.keys(this.tables?.specs ?? {})) {
      const part = this.shift.world.part(name)
      // What is wrong with it is told by the line that asks it.
      if (part instanceof Database) await this.realOf(part)?.open().catch(() => undefined)
    }
  }

  /** Runs a line after those before it. @param kept whether it is an entry of the shift; a repeated line is not */
  run(line: string, kept: boolean): Promise<LineAnswer> {
    const answer = this.last.then(() => this.runNow(line, kept))
    this.last = answer.catch(() => undefined)
    return answer
  }

  /** Stops the line that runs. */
  cancel(): void {
    this.abort?.abort()
  }

  /** Words that fit at the cursor: what the commands know of the world, commands of the shell, files. */
  async complete(line: string, cursor: number): Promise<Completion> {
    const found = complete(this.shift.world, line, cursor)
    const typed = line.slice(found.from, cursor)
    const before = line.slice(0, found.from).trimEnd()
    const library = await this.load()
    const isFirst = before === '' || /[|;&]$/.test(before)
    if (isFirst) return { from: found.from, candidates: [...new Set([...found.candidates, ...builtIns(library).filter((name) => name.startsWith(typed))])].toSorted() }
    return found.candidates.length > 0 ? found : { from: found.from, candidates: await this.files(typed) }
  }

  private async load(): Promise<ShellLibrary> {
    this.library ??= await this.host.library()
    return this.library
  }

  private async runNow(line: string, kept: boolean): Promise<LineAnswer> {
    const library = await this.load()
    this.notes = []
    this.againSeconds = null
    this.followed = kept || line !== this.lastLine ? [] : this.follows
    this.lastLine = line
    this.follows = []
    this.abort = this.host.stopper()
    this.turnAtMs = this.host.nowMs()
    this.usedMs = 0
    const shell = this.shellFor(library)
    // `help` of the shell would list what the shell can do by itself.
    const done = await shell.exec(line.replace(/^\s*help\b/, 'commands'), { cwd: this.cwd, env: this.env, replaceEnv: true, signal: this.abort.signal }).catch((error: unknown) => {
      // Met between two statements, where no command puts it into words.
      if (error instanceof ComputedTooLong) return { stdout: '', stderr: `${error.message}\n`, exitCode: 124, env: { ...this.env, PWD: this.cwd } }
      throw error
    })
    const wasStopped = this.abort.signal.aborted
    this.abort = null
    this.remember(done)
    const exitCode = wasStopped ? 130 : done.exitCode
    if (kept) this.shift.add({ type: 'typed', line: line.slice(0, 4_000), exitCode })
    return { stdout: shown(done.stdout), stderr: wasStopped ? '' : shown(explained(done.stderr)), exitCode, notes: this.notes, folder: this.cwd === home ? '~' : this.cwd.startsWith(`${home}/`) ? `~${this.cwd.slice(home.length)}` : this.cwd, againSeconds: this.againSeconds ?? (this.follows.length > 0 ? followSeconds : null), goesOn: this.againSeconds === null && this.follows.length > 0 }
  }

  private shellFor(library: ShellLibrary): Shell {
    this.shell ??= new library.Bash({
      cwd: home,
      env: this.env,
      files: { [`${home}/README`]: greeting, '/etc/hostname': 'bastion\n', '/tmp/.keep': '' },
      executionLimits: limits,
      // It would replace globals of the whole thread, in which the world runs. Nothing here evaluates code or has a network.
      defenseInDepth: false,
      commands: builtIns(library),
      customCommands: this.customCommands(library),
      sleep: (ms: number) => this.sleep(ms),
      // Called for every statement of bash, awk, sed and jq: the one place where a loop in a single command can be stopped.
      coverage: { hit: () => this.countStep() },
      processInfo: { pid: 4242, ppid: 4241, uid: 1000, gid: 1000 },
    })
    return this.shell
  }

  private customCommands(library: ShellLibrary): Command[] {
    const simulated = commands.map(({ name }) => library.defineCommand(name === 'help' ? 'commands' : name, async (args, context) => {
      await this.giveWay()
      const text = this.textOf(String(context.stdin))
      const result = await this.inSlices(runInSlices(this.shift.world, [name, ...args], { stdin: text, delegated, pod: this.insidePod, followed: this.followed[this.follows.length] ?? null }))
      if (result.follow !== undefined) this.follows.push(result.follow)
      if (result.delegate === undefined) return this.applied(result)
      const { argv, pod } = result.delegate
      return argv[0] === 'psql' ? this.psql(argv, pod, text) : this.shellIn(pod, argv.slice(1), context)
    }))
    const watch = library.defineCommand('watch', async (args, context) => {
      const read = watchOf(args)
      if (read === null || context.exec === undefined) return { stdout: '', stderr: 'Usage: watch [-n SECONDS] COMMAND\n', exitCode: 1 }
      const result = await context.exec(read.line, { cwd: context.cwd })
      this.againSeconds = read.seconds
      return { ...result, stdout: `Every ${read.seconds.toFixed(1)}s: ${read.line}\n\n${result.stdout}` }
    })
    return [...simulated, watch]
  }

  /** `kubectl exec POD -- bash -c '...'`: the line runs here, its commands ask from inside the pod. */
  private async shellIn(pod: string | null, args: readonly string[], context: Parameters<Command['execute']>[1]): Promise<ExecResult> {
    const line = args[args.findIndex((word) => /^-\w*c$/.test(word)) + 1]
    if (line === undefined || context.exec === undefined) return { stdout: '', stderr: "A shell without a line would wait for input, which this terminal does not give: use -c 'LINE'.\n", exitCode: 1 }
    const before = this.insidePod
    this.insidePod = pod
    try {
      return await context.exec(line, { cwd: context.cwd })
    } finally {
      this.insidePod = before
    }
  }

  private async inSlices(slices: ReturnType<typeof runInSlices>): Promise<CommandResult> {
    for (let step = slices.next(); ; step = slices.next()) {
      if (step.done === true) return step.value
      if (this.abort?.signal.aborted === true) return { stdout: '', stderr: '', exitCode: 130 }
      await this.giveWay()
    }
  }

  /** psql: on real tables where the incident has them. */
  private async psql(argv: readonly string[], pod: string | null, stdin: string): Promise<ExecResult> {
    const { world } = this.shift
    const call = readPsql({ world, args: argv.slice(1), stdin, pod })
    if ('exitCode' in call) return call
    const real = this.realOf(call.database)
    if (real === null) return this.applied(runCommand(world, argv, { stdin, pod }))
    this.usedMs += this.host.nowMs() - this.turnAtMs
    const signal = this.abort?.signal
    const stopped = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
    const result = await runPsql(real, call, (request) => this.act(request), stopped, this.host)
    this.turnAtMs = this.host.nowMs()
    return result
  }

  private realOf(database: Database): RealDatabase | null {
    const spec = this.tables?.specs[database.name]
    if (this.tables === null || spec === undefined) return null
    const found = this.real.get(database.name) ?? new RealDatabase(this.shift.world, database, spec, this.tables)
    this.real.set(database.name, found)
    return found
  }

  /** Does an action, and notes when it takes effect. Gives the refusal, or null. */
  private act(request: ActionRequest): string | null {
    const done = this.shift.act(request, 'terminal')
    if (!done.ok) return done.error
    const seconds = Math.ceil((done.effectUs - this.shift.nowUs) / 1e6)
    this.notes.push(seconds <= 0 ? `${done.summary}: done.` : `${done.summary}: takes effect within about ${spanText(seconds)}.`)
    const part = this.shift.world.part(request.target)
    if (request.action === 'add-index' && part instanceof Database) this.notes.push(`Then it is built in about ${spanText(Math.ceil(part.operations.buildUs(String(request['table'])) / 1e6))}, on one of the cores. Until it is ready, no query uses it.`)
    return null
  }

  /** Does what a command asks for, and puts the refusal where the command would have put it. */
  private applied({ stdout, stderr, exitCode, act }: CommandResult): ExecResult {
    if (act === undefined) return { stdout, stderr, exitCode }
    const refused = this.act(act)
    return refused === null ? { stdout, stderr, exitCode } : { stdout: '', stderr: `${stderr}error: ${refused}\n`, exitCode: 1 }
  }

  /** Pipes carry bytes, one a character. */
  private textOf(bytes: string): string {
    return this.host.decode(Uint8Array.from(bytes, (letter) => letter.codePointAt(0) ?? 0))
  }

  private remember({ env }: { env: Record<string, string> }): void {
    this.cwd = env['PWD'] ?? this.cwd
    this.env = Object.fromEntries(Object.entries(env).filter(([name]) => /^[A-Za-z_]\w*$/.test(name) && !['PWD', 'SHELLOPTS', 'BASHOPTS', 'OPTIND'].includes(name)))
  }

  /** Lets the clock and other questions have the thread, when this line has held it for a while. */
  private async giveWay(): Promise<void> {
    const heldMs = this.host.nowMs() - this.turnAtMs
    if (heldMs < turnMs) return
    this.usedMs += heldMs
    await this.host.pause(0)
    this.turnAtMs = this.host.nowMs()
  }

  private countStep(): void {
    this.steps += 1
    if (this.steps % 128 === 0 && this.usedMs + this.host.nowMs() - this.turnAtMs > mostComputingMs) throw new ComputedTooLong()
  }

  /** Sleeps by the simulated clock: not at all while it has stopped for good, for ever while it is paused. */
  private async sleep(ms: number): Promise<void> {
    this.usedMs += this.host.nowMs() - this.turnAtMs
    const untilUs = Math.min(this.shift.nowUs + ms * 1000, this.shift.limitUs)
    while (this.shift.nowUs < untilUs && !this.shift.hasEnded && this.abort?.signal.aborted === false) await this.host.pause(20)
    this.turnAtMs = this.host.nowMs()
  }

  private async files(typed: string): Promise<readonly string[]> {
    const cut = typed.lastIndexOf('/') + 1
    const folder = typed.slice(0, cut)
    const { shell } = this
    if (shell === null) return []
    try {
      const path = shell.fs.resolvePath(this.cwd, folder === '' ? '.' : folder.replace(/^~/, home))
      const names = await shell.fs.readdir(path)
      return names.filter((name) => name.startsWith(typed.slice(cut)) && !(name.startsWith('.') && !typed.slice(cut).startsWith('.'))).map((name) => `${folder}${name}`).toSorted()
    } catch {
      return []
    }
  }
}

function builtIns(library: ShellLibrary): CommandName[] {
  return (library.getCommandNames() as CommandName[]).filter((name) => !leftOut.has(name))
}

/** `90 s`, `4 min`, `3.0 h`. */
function spanText(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}

/** `watch -n 2 'kubectl get pods'`: the line and its pace. Two seconds where none is given. */
function watchOf(args: readonly string[]): { readonly line: string; readonly seconds: number } | null {
  const words = [...args]
  let seconds = 2
  while (words[0]?.startsWith('-') === true) {
    const [, joined = ''] = /^(?:-n|--interval=?)(.*)$/.exec(words[0]) ?? []
    const isPace = /^(?:-n|--interval)/.test(words[0])
    words.shift()
    if (isPace) seconds = Number(joined === '' ? words.shift() : joined)
  }
  return words.length === 0 || !Number.isFinite(seconds) || seconds <= 0 ? null : { line: words.join(' '), seconds: Math.max(1, seconds) }
}
