import { usePageTitle } from '../../app/page-title.ts'
import { Page } from '../../ui/index.ts'
import { AppearanceSettings } from './appearance-settings.tsx'
import { BackupSettings } from './backup-settings.tsx'
import { DataSettings } from './data-settings.tsx'
import { ProfileSettings } from './profile-settings.tsx'
import { ResetSettings } from './reset-settings.tsx'

/** Everything that can be set, on one page; each change holds at once. */
export function SettingsScreen() {
  usePageTitle('Settings')
  return (
    <Page title="Settings" summary="A change holds at once. Appearance and keys belong to the profile.">
      <AppearanceSettings />
      <ProfileSettings />
      <DataSettings />
      <BackupSettings />
      <ResetSettings />
    </Page>
  )
}
