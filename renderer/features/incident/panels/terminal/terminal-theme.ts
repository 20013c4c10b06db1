/** The terminal's colours in the theme in force, from its tokens. */
import type { ITheme } from '@xterm/xterm'

export interface TerminalLook {
  readonly theme: ITheme
  readonly font: string
  readonly sizePx: number
}

/** Reads the tokens; call it again when the theme changes. */
export function readTerminalLook(element: Element): TerminalLook {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  const text = token('--text')
  const quiet = token('--text-3')
  return {
    theme: {
      background: token('--surface'), foreground: text, cursor: token('--accent-text'), cursorAccent: token('--surface'), selectionBackground: token('--selection'), selectionForeground: text, scrollbarSliderBackground: token('--border'), scrollbarSliderHoverBackground: token('--border-strong'), scrollbarSliderActiveBackground: token('--border-strong'),
      black: text, white: text, brightWhite: text, brightBlack: quiet, red: token('--crit'), brightRed: token('--crit'), green: token('--ok'), brightGreen: token('--ok'), yellow: token('--warn'), brightYellow: token('--warn'), blue: token('--accent-text'), brightBlue: token('--accent-text'), magenta: text, cyan: text, brightMagenta: text, brightCyan: text,
    },
    font: token('--font-code'),
    sizePx: Number.parseFloat(token('--size-code')) || 13,
  }
}
