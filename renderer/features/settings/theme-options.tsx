import type { Settings } from '../../../main/api/index.ts'
import { Icon } from '../../ui/index.ts'
import type { RadioOption } from '../../ui/index.ts'

export const themeOptions: readonly RadioOption<Settings['theme']>[] = [
  { value: 'system', label: <><Icon name="system" /> System</> },
  { value: 'light', label: <><Icon name="sun" /> Light</> },
  { value: 'dark', label: <><Icon name="moon" /> Dark</> },
]
