import type { Settings } from '../../api/contract.ts'
import { defaultSettings, settingsSchema } from '../../api/contract.ts'
import type { DurableStore } from '../../storage/index.ts'

export interface SettingsService {
  get(): Settings
  /** Changes some settings of the active profile; answers with all of them. */
  set(change: { [K in keyof Settings]?: Settings[K] | undefined }): Settings
}

/** Settings as stored, over the defaults. A value that this version does not accept counts as not set. */
function readSettings(stored: Record<string, unknown> | null): Settings {
  const accepted = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(stored?.[name])
    return parsed.success ? [[name, parsed.data]] : []
  })
  return { ...defaultSettings, ...Object.fromEntries(accepted) }
}

/** Preferences of the active profile. Values of names that this version does not know are kept as they are. */
export function createSettings(store: DurableStore, activeProfile: () => string): SettingsService {
  return {
    get: () => readSettings(store.settings(activeProfile())),
    set(change) {
      const profile = activeProfile()
      const given = Object.entries(change).filter(([, value]) => value !== undefined)
      const values = { ...store.settings(profile), ...Object.fromEntries(given) }
      store.write([{ kind: 'settings', profile, values }])
      return readSettings(values)
    },
  }
}
