/** The line that is being typed, with the keys of readline. Pure: what the terminal sends goes in, the new line comes out. */

export interface EditedLine {
  readonly text: string
  /** Place in the text, in UTF-16 units. */
  readonly cursor: number
  /** Place in the history, from its end; 0 is the line of one's own. */
  readonly back: number
  /** The line of one's own while another from the history is shown. */
  readonly own: string
  /** What was cut last, for Ctrl+Y. */
  readonly cut: string
  /** Words of a search back through the history; null when there is none. */
  readonly search: string | null
}

/** What a key asks for beside the change of the line. */
export type EditEffect = 'run' | 'complete' | 'cancel' | 'clear' | 'leave' | null

export interface Edit {
  readonly line: EditedLine
  readonly effect: EditEffect
}

export const emptyLine: EditedLine = { text: '', cursor: 0, back: 0, own: '', cut: '', search: null }

/** A line with text in it and the cursor at its end. */
export function lineWith(text: string, before: EditedLine = emptyLine): EditedLine {
  return { ...emptyLine, text, cursor: text.length, cut: before.cut }
}

const pasteBegin = '\u001B[200~'
const pasteEnd = '\u001B[201~'

/** Applies what the terminal sent: a key as its control sequence, or text. @param history lines, oldest first */
export function edit(line: EditedLine, input: string, history: readonly string[]): Edit {
  if (input.startsWith(pasteBegin)) return done(insert(ended(line), oneLine(input.slice(pasteBegin.length).replace(pasteEnd, ''))))
  if (line.search !== null) return searchKey(line, input, history)
  const key = keys[input]
  if (key !== undefined) return key(line, history)
  if (!hasControls(input)) return done(insert(line, input))
  return done(input.length > 1 && !input.startsWith('\u001B') ? insert(line, oneLine(input)) : line)
}

/** The place of the newest line at or before `from` (0 is the newest) that holds the words; null when none does. */
export function found(history: readonly string[], words: string, from = 0): number | null {
  for (let at = from; at < history.length; at += 1) if (history[history.length - 1 - at]?.includes(words) === true) return at
  return null
}

/** What was pasted as one line: several become commands after each other. */
function oneLine(text: string): string {
  return text.trim().replaceAll(/\\\r?\n\s*/g, '').split(/[\r\n]+/).map((part) => part.trim()).join('; ').split('').map((letter) => (hasControls(letter) ? ' ' : letter)).join('')
}

function hasControls(text: string): boolean {
  return text.split('').some((letter) => letter < ' ' || letter === '\u007F')
}

const done = (line: EditedLine, effect: EditEffect = null): Edit => ({ line, effect })

function insert(line: EditedLine, text: string): EditedLine {
  return { ...line, text: line.text.slice(0, line.cursor) + text + line.text.slice(line.cursor), cursor: line.cursor + text.length }
}

function moved(line: EditedLine, cursor: number): EditedLine {
  return { ...line, cursor: Math.min(line.text.length, Math.max(0, cursor)) }
}

/** Takes out what stands between two places. */
function without(line: EditedLine, from: number, to: number, keeps = true): EditedLine {
  return { ...line, text: line.text.slice(0, from) + line.text.slice(to), cursor: from, cut: keeps && to > from ? line.text.slice(from, to) : line.cut }
}

const wordStart = ({ text, cursor }: EditedLine): number => text.slice(0, cursor).replace(/\S+\s*$/, '').length
const wordEnd = ({ text, cursor }: EditedLine): number => cursor + (/^\s*\S+/.exec(text.slice(cursor))?.[0].length ?? 0)

function recalled(line: EditedLine, history: readonly string[], step: 1 | -1): EditedLine {
  const back = line.back + step
  if (back < 0 || back > history.length) return line
  const own = line.back === 0 ? line.text : line.own
  const text = back === 0 ? own : (history[history.length - back] ?? '')
  return { ...line, text, cursor: text.length, back, own }
}

type Key = (line: EditedLine, history: readonly string[]) => Edit
const left: Key = (line) => done(moved(line, line.cursor - 1))
const right: Key = (line) => done(moved(line, line.cursor + 1))
const toStart: Key = (line) => done(moved(line, 0))
const toEnd: Key = (line) => done(moved(line, line.text.length))
const older: Key = (line, history) => done(recalled(line, history, 1))
const newer: Key = (line, history) => done(recalled(line, history, -1))
const wordLeft: Key = (line) => done(moved(line, wordStart(line)))
const wordRight: Key = (line) => done(moved(line, wordEnd(line)))
const erase: Key = (line) => done(line.cursor === 0 ? line : without(line, line.cursor - 1, line.cursor, false))
const eraseNext: Key = (line) => done(without(line, line.cursor, line.cursor + 1, false))

const keys: Readonly<Record<string, Key | undefined>> = {
  '\r': (line) => done(line, 'run'), '\n': (line) => done(line, 'run'), '\t': (line) => done(line, 'complete'), '\u001B': (line) => done(line, 'leave'), '\u0003': (line) => done(lineWith('', line), 'cancel'), '\u000C': (line) => done(line, 'clear'),
  '\u001B[D': left, '\u001BOD': left, '\u0002': left, '\u001B[C': right, '\u001BOC': right, '\u0006': right, '\u001B[A': older, '\u001BOA': older, '\u0010': older, '\u001B[B': newer, '\u001BOB': newer, '\u000E': newer,
  '\u001B[H': toStart, '\u001BOH': toStart, '\u001B[1~': toStart, '\u0001': toStart, '\u001B[F': toEnd, '\u001BOF': toEnd, '\u001B[4~': toEnd, '\u0005': toEnd,
  '\u001B[1;5D': wordLeft, '\u001B[1;3D': wordLeft, '\u001Bb': wordLeft, '\u001B[1;5C': wordRight, '\u001B[1;3C': wordRight, '\u001Bf': wordRight, '\u007F': erase, '\b': erase, '\u001B[3~': eraseNext, '\u0004': eraseNext,
  '\u0015': (line) => done(without(line, 0, line.cursor)), '\u000B': (line) => done(without(line, line.cursor, line.text.length)), '\u0017': (line) => done(without(line, wordStart(line), line.cursor)), '\u001Bd': (line) => done(without(line, line.cursor, wordEnd(line))),
  '\u0019': (line) => done(insert(line, line.cut)), '\u0012': (line) => done({ ...line, search: '', back: 0, own: line.text }),
}

/** A key in a search back: letters narrow it, Ctrl+R goes further back, any other key takes the line that was found. */
function searchKey(line: EditedLine, input: string, history: readonly string[]): Edit {
  const words = line.search ?? ''
  const seek = (next: string, from: number): Edit => {
    const at = next === '' ? null : found(history, next, from)
    const text = at === null ? line.text : (history[history.length - 1 - at] ?? '')
    return done({ ...line, search: next, text, cursor: at === null ? line.cursor : text.indexOf(next), back: at === null ? line.back : at + 1 })
  }
  if (input === '\u0012') return seek(words, line.back)
  if (input === '\u007F' || input === '\b') return seek(words.slice(0, -1), 0)
  if (input === '\u001B' || input === '\u0003' || input === '\u0007') return done(lineWith(line.own, line))
  if (!hasControls(input)) return seek(words + input, 0)
  return edit(ended(line), input, history)
}

const ended = (line: EditedLine): EditedLine => (line.search === null ? line : { ...line, search: null })
