/** Monaco's colours from the app's tokens, in whichever theme is on. */
import { editor } from 'monaco-editor/editor'

const themeName = 'firedrill'

const canvas = document.createElement('canvas').getContext('2d')

/** `--text` and the like as `#rrggbb`, which is all that Monaco takes; a build may have shortened it to three digits. */
function token(name: string): string {
  const written = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
  if (canvas === null) return written
  canvas.fillStyle = written
  return canvas.fillStyle
}

/** Reads the tokens and applies them to every editor. */
export function applyTheme(): void {
  const isDark = getComputedStyle(document.documentElement).colorScheme === 'dark'
  const word = (name: string): string => token(name).slice(1)
  editor.defineTheme(themeName, {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [
      { token: '', foreground: word('text') },
      { token: 'keyword', foreground: word('accent-text') },
      { token: 'string', foreground: word('ok') },
      { token: 'number', foreground: word('warn') },
      { token: 'comment', foreground: word('text-3') },
      { token: 'invalid', foreground: word('crit') },
    ],
    colors: {
      'editor.background': token('surface'),
      'editor.foreground': token('text'),
      'editorLineNumber.foreground': token('text-3'),
      'editorLineNumber.activeForeground': token('text'),
      'editor.selectionBackground': token('selection'),
      'editor.inactiveSelectionBackground': token('inset'),
      'editor.lineHighlightBackground': token('inset'),
      'editor.lineHighlightBorder': token('inset'),
      'editorCursor.foreground': token('text'),
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((depth) => [`editorBracketHighlight.foreground${String(depth)}`, token('text')])),
      'editorBracketHighlight.unexpectedBracket.foreground': token('crit'),
      'editorBracketMatch.background': token('neutral-soft'),
      'editorBracketMatch.border': token('border-strong'),
      'editor.findMatchBackground': token('warn-soft'),
      'editor.findMatchHighlightBackground': token('warn-soft'),
      'editor.wordHighlightBackground': token('neutral-soft'),
      'editorError.foreground': token('crit'),
      'editorWarning.foreground': token('warn'),
      'editorInfo.foreground': token('accent-text'),
      'editorWidget.background': token('overlay'),
      'editorWidget.foreground': token('text'),
      'editorWidget.border': token('border'),
      'editorHoverWidget.background': token('overlay'),
      'editorHoverWidget.foreground': token('text'),
      'editorHoverWidget.border': token('border'),
      'editorSuggestWidget.background': token('overlay'),
      'editorSuggestWidget.foreground': token('text'),
      'editorSuggestWidget.border': token('border'),
      'editorSuggestWidget.selectedBackground': token('accent-soft'),
      'editorSuggestWidget.selectedForeground': token('text'),
      'editorSuggestWidget.highlightForeground': token('accent-text'),
      'editorSuggestWidget.focusHighlightForeground': token('accent-text'),
      'input.background': token('surface'),
      'input.foreground': token('text'),
      'input.border': token('border-strong'),
      'list.hoverBackground': token('inset'),
      'menu.background': token('overlay'),
      'menu.foreground': token('text'),
      'menu.selectionBackground': token('accent-soft'),
      'menu.selectionForeground': token('text'),
      'menu.separatorBackground': token('border'),
      'menu.border': token('border'),
      'scrollbarSlider.background': token('neutral-soft'),
      'scrollbarSlider.hoverBackground': token('border-strong'),
      'scrollbarSlider.activeBackground': token('border-strong'),
      focusBorder: token('focus'),
      foreground: token('text'),
    },
  })
  editor.setTheme(themeName)
}

/** Follows the app's theme from now on; returns the function that stops. */
export function followTheme(): () => void {
  applyTheme()
  const observer = new MutationObserver(applyTheme)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
