/** The terminal of a room: one xterm that lives as long as the room, whichever panel is shown. */
import { FitAddon } from '@xterm/addon-fit'
import { Terminal } from '@xterm/xterm'
import type { LineAnswer } from '../../../../../exercises/simulator/bastion/index.ts'
import type { RoomClient } from '../../world/room-client.ts'
import { edit, emptyLine, lineWith } from './line-editor.ts'
import type { EditedLine } from './line-editor.ts'
import { paint, TerminalScreen } from './terminal-screen.ts'
import type { TerminalLook } from './terminal-theme.ts'

/** A line and what it printed, for the notebook. */
export interface LastRun {
  readonly line: string
  readonly text: string
}

/** Characters of what a line has printed that are kept for the notebook, while it goes on. */
const mostKept = 18_000
/** Keys that are kept while a line runs. */
const mostAhead = 1_000

const banner = '"help" lists the commands, "man kubectl" tells about one.'

export class TerminalModel {
  readonly host = document.createElement('div')
  private readonly terminal: Terminal
  private readonly fit = new FitAddon()
  private readonly client: RoomClient
  private readonly screen: TerminalScreen
  private readonly listeners = new Set<() => void>()
  private readonly history: string[]
  private line: EditedLine = emptyLine
  private folder = '~'
  private busy = false
  /** What was typed while a line ran. */
  private ahead: string[] = []
  private stopWatching: (() => void) | null = null
  private last: LastRun | null = null
  private isOpen = false
  private leave: () => void = () => undefined

  constructor(client: RoomClient, look: TerminalLook) {
    this.client = client
    this.history = (client.latest?.entries ?? []).flatMap((entry) => (entry.type === 'typed' ? [entry.line] : []))
    this.terminal = new Terminal({ convertEol: true, screenReaderMode: true, scrollback: 5_000, cursorBlink: false, minimumContrastRatio: 4.5, lineHeight: 1.25, fontFamily: look.font, fontSize: look.sizePx, theme: look.theme })
    this.terminal.loadAddon(this.fit)
    this.screen = new TerminalScreen(this.terminal)
    this.terminal.attachCustomKeyEventHandler((event) => this.takesKey(event))
    this.terminal.onData((data) => this.receive(data))
    this.screen.print(`${paint.quiet(banner)}\n`)
    // A paste comes in brackets, so that its line breaks run nothing.
    this.terminal.write('\u001B[?2004h')
    this.draw()
    // Fetched while somebody reads and types; what fails is told by the line that needs it.
    client.call('terminal.prepare', null).catch(() => undefined)
  }

  /** Takes what was typed before the terminal was there, as if it came now. */
  type(text: string): void {
    for (const letter of text) this.receive(letter === '\n' ? '\r' : letter)
  }

  /** Puts the terminal into a panel; returns what takes it out again. */
  mount(into: HTMLElement, look: TerminalLook): () => void {
    into.append(this.host)
    if (!this.isOpen) this.terminal.open(this.host)
    this.isOpen = true
    this.setLook(look)
    const observer = new ResizeObserver(() => this.resize())
    observer.observe(into)
    this.resize()
    return () => {
      observer.disconnect()
      this.host.remove()
    }
  }

  setLook({ theme, font, sizePx }: TerminalLook): void {
    Object.assign(this.terminal.options, { theme, fontFamily: font, fontSize: sizePx })
  }

  /** What to do when the learner wants the keyboard back. */
  onLeave(leave: () => void): void {
    this.leave = leave
  }

  focus(): void {
    this.terminal.focus()
  }

  /** Puts a line at the prompt, without running it. */
  put(text: string): void {
    if (this.busy) return
    this.line = lineWith(text.trim().replaceAll(/\s*\n\s*/g, '; '), this.line)
    this.draw()
  }

  clear(): void {
    this.screen.clear()
    if (!this.busy) this.draw()
  }

  readonly lastRun = (): LastRun | null => this.last

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  private resize(): void {
    if (this.host.clientWidth === 0) return
    const { cols } = this.terminal
    this.fit.fit()
    if (cols !== this.terminal.cols && !this.busy) this.draw()
  }

  /** False for keys that belong to the window: its commands, the clipboard, and Tab backwards. */
  private takesKey(event: KeyboardEvent): boolean {
    if (/^F\d+$/.test(event.key) || (event.altKey && /^Digit\d$/.test(event.code)) || (event.shiftKey && event.key === 'Tab')) return false
    const isCommand = event.ctrlKey || event.metaKey
    if (isCommand && event.code === 'KeyV') return false
    if (isCommand && event.code === 'KeyC' && (event.shiftKey || event.metaKey || this.terminal.hasSelection())) return false
    return true
  }

  private draw(): void {
    this.screen.draw(this.folder, this.line, this.history)
  }

  private receive(data: string): void {
    if (this.busy) {
      if (data === '\u0003' || (this.stopWatching !== null && data === 'q')) this.interrupt()
      else if (data === '\u001B') this.leave()
      else if (this.stopWatching === null && this.ahead.length < mostAhead) this.ahead.push(data)
      return
    }
    const before = this.line
    const { line, effect } = edit(before, data, this.history)
    this.line = line
    if (effect === 'leave') this.leave()
    else if (effect === 'run') void this.run()
    else if (effect === 'complete') void this.complete()
    else if (effect === 'cancel') {
      this.screen.leave(this.folder, before, '^C')
      this.draw()
    } else if (effect === 'clear') this.clear()
    else this.draw()
  }

  private interrupt(): void {
    this.ahead = []
    this.screen.print('^C')
    this.stopWatching?.()
    this.client.call('terminal.cancel', null).catch(() => undefined)
  }

  private async run(): Promise<void> {
    const text = this.line.text.trim()
    this.screen.leave(this.folder, this.line)
    this.line = lineWith('', this.line)
    if (text !== '' && this.history.at(-1) !== text) this.history.push(text)
    if (text === 'clear') this.clear()
    else if (text !== '') await this.ask(text)
    this.draw()
    this.takeAhead()
  }

  /** Does what was typed meanwhile; a line among it may keep the rest waiting again. */
  private takeAhead(): void {
    while (!this.busy) {
      const data = this.ahead.shift()
      if (data === undefined) return
      this.receive(data)
    }
  }

  private async ask(text: string): Promise<void> {
    this.busy = true
    try {
      let answer = await this.client.call('terminal.run', { line: text, again: false })
      this.show(text, answer)
      while (answer.againSeconds !== null && (await this.waited(answer.againSeconds))) {
        answer = await this.client.call('terminal.run', { line: text, again: true })
        if (!answer.goesOn) this.screen.clear()
        this.show(text, answer, answer.goesOn)
      }
    } catch (error) {
      this.screen.print(`${paint.bad(error instanceof Error ? error.message : String(error))}\n`)
    }
    this.busy = false
  }

  /** @param isMore it goes on with what was shown */
  private show(line: string, { stdout, stderr, exitCode, notes, folder, againSeconds, goesOn }: LineAnswer, isMore = false): void {
    this.folder = folder
    const before = isMore ? `${this.last?.text ?? ''}\n`.slice(-mostKept) : ''
    const colour = exitCode === 0 ? paint.quiet : paint.bad
    const lines = [stdout, stderr === '' ? '' : `${colour(stderr.replace(/\n$/, ''))}\n`, ...notes.map((note) => `${paint.quiet(`# ${note}`)}\n`), againSeconds === null || isMore ? '' : goesOn ? `${paint.quiet('# What comes next is shown each simulated second. q or Ctrl+C ends it.')}\n` : `\n${paint.quiet('q or Ctrl+C ends the watch.')}\n`]
    for (const text of lines) if (text !== '') this.screen.print(text.endsWith('\n') ? text : `${text}\n`)
    if (isMore && stdout === '' && stderr === '') return
    this.last = { line, text: before + [stdout, stderr, ...notes].filter((text) => text !== '').join('\n') }
    for (const listener of this.listeners) listener()
  }

  /** Waits for simulated seconds; false when the watch is ended. */
  private waited(seconds: number): Promise<boolean> {
    const untilUs = (this.client.latest?.nowUs ?? 0) + seconds * 1e6
    return new Promise((resolve) => {
      const end = (goesOn: boolean): void => {
        stop()
        this.stopWatching = null
        resolve(goesOn)
      }
      const stop = this.client.onTick(({ nowUs, stopped }) => {
        if (stopped !== null) end(false)
        else if (nowUs >= untilUs) end(true)
      })
      this.stopWatching = () => end(false)
    })
  }

  private async complete(): Promise<void> {
    const asked = this.line
    this.busy = true
    const { from, candidates } = await this.client.call('terminal.complete', { line: asked.text, cursor: asked.cursor }).catch(() => ({ from: 0, candidates: [] }))
    this.busy = false
    if (candidates.length > 0) this.take(asked, from, candidates)
    this.takeAhead()
  }

  private take(asked: EditedLine, from: number, candidates: readonly string[]): void {
    const typed = asked.text.slice(from, asked.cursor)
    const [only = ''] = candidates
    const common = candidates.reduce((prefix, word) => shared(prefix, word), only)
    const added = candidates.length === 1 && !/[=/:]$/.test(only) ? `${only} ` : common
    if (added.length > typed.length) this.line = { ...asked, text: asked.text.slice(0, from) + added + asked.text.slice(asked.cursor), cursor: from + added.length }
    else if (candidates.length > 1) {
      this.screen.leave(this.folder, asked)
      this.screen.print(`${listed(candidates, this.terminal.cols)}\n`)
    }
    this.draw()
  }
}

function shared(one: string, other: string): string {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return one.slice(0, length)
}

/** Words in columns, as a shell lists them. */
function listed(words: readonly string[], cols: number): string {
  const width = Math.max(...words.map(({ length }) => length)) + 2
  const across = Math.max(1, Math.floor(cols / width))
  const rows = Math.ceil(words.length / across)
  return Array.from({ length: rows }, (_, row) => words.filter((_word, index) => index % rows === row).map((word) => word.padEnd(width)).join('').trimEnd()).join('\n')
}

const models = new WeakMap<RoomClient, TerminalModel>()

/** The terminal of a room; made when it is first shown. */
export function terminalOf(client: RoomClient, look: () => TerminalLook): TerminalModel {
  const model = models.get(client) ?? new TerminalModel(client, look())
  models.set(client, model)
  return model
}
