/** Commands that exist on every screen. A native menu sends these ids; the window runs them. */
export const globalCommandIds = [
  'go.home',
  'go.chapters',
  'go.exercises',
  'go.incidents',
  'go.paths',
  'go.notes',
  'go.reference',
  'go.glossary',
  'go.templates',
  'go.settings',
  'go.about',
  'palette.open',
  'keys.show',
  'view.sidebar',
  'view.inspector',
  'view.bottom',
  'theme.toggle',
  'reading.larger',
  'reading.smaller',
  'progress.export',
] as const

export type GlobalCommandId = (typeof globalCommandIds)[number]
