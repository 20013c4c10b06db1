/** Draws the line that is being typed on an xterm, over as many rows as it needs. */
import type { Terminal } from '@xterm/xterm'
import { found } from './line-editor.ts'
import type { EditedLine } from './line-editor.ts'

const csi = '\u001B['
export const paint = {
  accent: (text: string): string => `${csi}34m${text}${csi}0m`,
  bad: (text: string): string => `${csi}31m${text}${csi}0m`,
  quiet: (text: string): string => `${csi}90m${text}${csi}0m`,
}

export class TerminalScreen {
  private readonly terminal: Terminal
  /** Row of the cursor below the first row of the line. */
  private row = 0

  constructor(terminal: Terminal) {
    this.terminal = terminal
  }

  /** Draws the line in place of what was drawn last. */
  draw(folder: string, line: EditedLine, history: readonly string[]): void {
    const { cols } = this.terminal
    const miss = line.search !== null && line.search !== '' && found(history, line.search) === null
    const plain = line.search === null ? `oncall@bastion:${folder}$ ` : `(${miss ? 'failed ' : ''}reverse-i-search)'${line.search}': `
    const prompt = line.search === null ? `${paint.accent('oncall@bastion')}:${paint.accent(folder)}$ ` : paint.quiet(plain)
    const total = plain.length + line.text.length
    const end = Math.floor(total / cols)
    const place = plain.length + line.cursor
    const row = Math.floor(place / cols)
    // A full row leaves the cursor on it; a blank takes it to the next.
    const wrap = total % cols === 0 ? ' \r' : ''
    const up = end - row
    this.terminal.write(`${this.home()}${csi}J${prompt}${line.text}${wrap}${up > 0 ? `${csi}${String(up)}A` : ''}\r${place % cols > 0 ? `${csi}${String(place % cols)}C` : ''}`)
    this.row = row
  }

  /** Leaves the line as it stands and goes on below it. */
  leave(folder: string, line: EditedLine, mark = ''): void {
    this.draw(folder, { ...line, search: null, cursor: line.text.length }, [])
    this.print(`${mark}\n`)
  }

  print(text: string): void {
    this.row = 0
    this.terminal.write(safe(text))
  }

  clear(): void {
    this.row = 0
    this.terminal.write(`${csi}H${csi}2J${csi}3J`)
  }

  private home(): string {
    return `${this.row > 0 ? `${csi}${String(this.row)}A` : ''}\r`
  }
}

/** Output may colour text, and do nothing else to the terminal. */
function safe(text: string): string {
  // Control characters are what is looked for here.
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/\u001B(?!\[[\d;]*m)|[\u0000-\u0008\u000B\u000C\u000E-\u001A\u009B]/g, '')
}
