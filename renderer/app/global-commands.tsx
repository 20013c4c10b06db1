import { defaultSettings } from '../../main/api/index.ts'
import { useTheme } from './appearance.ts'
import type { GlobalCommandId } from './command-ids.ts'
import { useCommands } from './commands.tsx'
import type { Command } from './commands.tsx'
import { useApi, useSettings } from './data.ts'
import { go, routes } from './routes.ts'
import { saveTextFile } from './save-file.ts'
import { useToast } from './toast.tsx'

/** Reading sizes, px; the contract allows no others. */
const smallest = 15
const largest = 20

/** What the shell can do to its own regions. */
export interface ShellActions {
  openPalette(): void
  showKeys(): void
  toggleSidebar(): void
  toggleInspector(): void
  toggleBottom(): void
  nextRegion(direction: 1 | -1): void
  hasInspector: boolean
  hasBottom: boolean
}

/** Writes the learner's progress to a file. */
export function useExportProgress(): () => Promise<void> {
  const api = useApi()
  const toast = useToast()
  return async () => {
    const answer = await api.call('progress.export', {})
    if (!answer.ok) {
      toast(answer.error.message)
      return
    }
    saveTextFile(answer.value.fileName, answer.value.text)
    toast(`Exported ${String(answer.value.events)} events to ${answer.value.fileName}.`)
  }
}

/** Commands of every screen; ids are shared with the native menu. */
export function useGlobalCommands(actions: ShellActions): void {
  const { settings, change } = useSettings()
  const theme = useTheme()
  const exportProgress = useExportProgress()
  const commands: (Command & { id: GlobalCommandId })[] = [
    { id: 'go.home', title: 'Home', section: 'Go to', keys: 'g h', run: () => go(routes.home) },
    { id: 'go.chapters', title: 'Chapters', section: 'Go to', keys: 'g c', run: () => go(routes.chapters) },
    { id: 'go.exercises', title: 'Exercises', section: 'Go to', keys: 'g e', run: () => go(routes.exercises) },
    { id: 'go.incidents', title: 'Incidents', section: 'Go to', keys: 'g i', run: () => go(routes.incidents) },
    { id: 'go.paths', title: 'Learning paths', section: 'Go to', keys: 'g p', run: () => go(routes.paths) },
    { id: 'go.notes', title: 'Notes', section: 'Go to', keys: 'g n', run: () => go(routes.notes) },
    { id: 'go.reference', title: 'Reference', section: 'Go to', keys: 'g r', run: () => go(routes.reference) },
    { id: 'go.glossary', title: 'Glossary', section: 'Go to', run: () => go(routes.glossary()) },
    { id: 'go.templates', title: 'Templates', section: 'Go to', run: () => go(routes.templates) },
    { id: 'go.settings', title: 'Settings', section: 'Go to', keys: 'Mod+,', run: () => go(routes.settings) },
    { id: 'go.about', title: 'About Firedrill', section: 'Go to', run: () => go(routes.about) },
    { id: 'palette.open', title: 'Search pages and actions', section: 'Window', keys: 'Mod+k', hidden: true, run: actions.openPalette },
    { id: 'keys.show', title: 'Show the keys of this view', section: 'Window', keys: '?', run: actions.showKeys },
    { id: 'view.sidebar', title: settings.sidebar ? 'Hide the sidebar' : 'Show the sidebar', section: 'Window', keys: 'Mod+b', run: actions.toggleSidebar },
    { id: 'view.inspector', title: settings.inspector ? 'Hide the inspector' : 'Show the inspector', section: 'Window', keys: 'Mod+i', enabled: actions.hasInspector, run: actions.toggleInspector },
    { id: 'view.bottom', title: 'Show or hide the bottom panel', section: 'Window', keys: 'Mod+j', enabled: actions.hasBottom, run: actions.toggleBottom },
    {
      id: 'theme.toggle',
      title: theme === 'dark' ? 'Use the light theme' : 'Use the dark theme',
      section: 'Appearance',
      run: () => change({ theme: theme === 'dark' ? 'light' : 'dark' }),
    },
    { id: 'reading.larger', title: 'Make the reading text larger', section: 'Appearance', enabled: settings.readingSize < largest, run: () => change({ readingSize: Math.min(largest, settings.readingSize + 1) }) },
    { id: 'reading.smaller', title: 'Make the reading text smaller', section: 'Appearance', enabled: settings.readingSize > smallest, run: () => change({ readingSize: Math.max(smallest, settings.readingSize - 1) }) },
    { id: 'progress.export', title: 'Export progress', section: 'Data', run: () => void exportProgress() },
  ]
  useCommands(commands)
  useCommands([
    { id: 'region.next', title: 'Next region', section: 'Window', keys: 'F6', hidden: true, run: () => actions.nextRegion(1) },
    { id: 'region.previous', title: 'Previous region', section: 'Window', keys: 'Shift+F6', hidden: true, run: () => actions.nextRegion(-1) },
    { id: 'theme.system', title: 'Follow the theme of the system', section: 'Appearance', enabled: settings.theme !== 'system', run: () => change({ theme: 'system' }) },
    { id: 'reading.reset', title: 'Reset the reading text size', section: 'Appearance', enabled: settings.readingSize !== defaultSettings.readingSize, run: () => change({ readingSize: defaultSettings.readingSize }) },
  ])
}
