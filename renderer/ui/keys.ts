/** Keyboard shortcuts as text (`Mod+Enter`, `g h`, `?`): how they are read, matched and shown. */

export interface Chord {
  /** `KeyboardEvent.key`, letters in lower case. */
  key: string
  mod: boolean
  alt: boolean
  shift: boolean
}

/** Whether this is a Mac, where Mod is Command. */
export const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform)

/** Reads `Mod+Shift+k`, `g h` or `?` into the chords to press one after the other. */
export function parseKeys(keys: string): Chord[] {
  return keys
    .trim()
    .split(/\s+/)
    .map((part) => {
      const pieces = part === '+' ? ['+'] : part.split('+')
      const last = pieces.at(-1) ?? ''
      const modifiers = new Set(pieces.slice(0, -1))
      return {
        key: last.length === 1 ? last.toLowerCase() : last,
        mod: modifiers.has('Mod'),
        alt: modifiers.has('Alt'),
        shift: modifiers.has('Shift') || (last.length === 1 && last !== last.toLowerCase()),
      }
    })
}

/** A chord made of one printable character: these sleep while typing and can be turned off (WCAG 2.1.4). */
export function isCharacterChord(chord: Chord): boolean {
  return chord.key.length === 1 && !chord.mod && !chord.alt
}

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Whether a key press is this chord. Letters fall back to their place on the keyboard for non-Latin layouts. */
export function matchesChord(event: Press, chord: Chord, mac: boolean = isMac): boolean {
  const mod = mac ? event.metaKey : event.ctrlKey
  const otherMod = mac ? event.ctrlKey : event.metaKey
  if (mod !== chord.mod || otherMod || event.altKey !== chord.alt) return false
  const key = pressedKey(event)
  if (key !== chord.key) return false
  // Shift makes `?` and `+` on most layouts; only letters and named keys tell it apart.
  const shiftMatters = /^[a-z]$/.test(chord.key) || chord.key.length > 1
  return !shiftMatters || event.shiftKey === chord.shift
}

function pressedKey(event: Press): string {
  if (event.key.length !== 1) return event.key
  const lower = event.key.toLowerCase()
  const place = /^Key([A-Z])$/.exec(event.code)
  return place && !/^[ -~]$/.test(lower) ? (place[1] ?? '').toLowerCase() : lower
}

const macNames: Record<string, string> = { Mod: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↩', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' }
const otherNames: Record<string, string> = { Mod: 'Ctrl', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' }

/** The caps to draw, per chord: `Mod+K` gives `[['Ctrl', 'K']]`, `g h` gives `[['g'], ['h']]`. */
export function keyCaps(keys: string, mac: boolean = isMac): string[][] {
  const names = mac ? macNames : otherNames
  return keys
    .trim()
    .split(/\s+/)
    .map((part) => (part === '+' ? ['+'] : part.split('+')).map((piece, _index, all) => names[piece] ?? (all.length > 1 && piece.length === 1 ? piece.toUpperCase() : piece)))
}

/** One line of text for titles and screen readers: `Ctrl+K`, `g then h`. */
export function keysAsText(keys: string, mac: boolean = isMac): string {
  return keyCaps(keys, mac)
    .map((caps) => caps.join(mac ? '' : '+'))
    .join(' then ')
}

/** The value of `aria-keyshortcuts` (WAI-ARIA 1.2): sequences are not expressible and are left out. */
export function ariaKeys(keys: string | undefined, mac: boolean = isMac): string | undefined {
  if (keys === undefined || keys.trim().includes(' ')) return undefined
  return keys.replace('Mod', mac ? 'Meta' : 'Control')
}
