import { useState } from 'react'
import type { FormEvent } from 'react'
import type { Profile } from '../../../main/api/index.ts'
import { useApi, useAppState, useStore } from '../../app/data.ts'
import { useToast } from '../../app/toast.tsx'
import { Button, Chip, Dialog, Field, IconButton, PageSection, TextInput } from '../../ui/index.ts'
import { dateText } from './dates.ts'
import { Row, Rows } from './rows.tsx'

type Naming = { mode: 'create' } | { mode: 'rename'; profile: Profile }

/** Several learners on one computer: each has their own progress and settings. */
export function ProfileSettings() {
  const api = useApi()
  const store = useStore()
  const toast = useToast()
  const { profiles, active } = useAppState((state) => state.profiles)
  const [naming, setNaming] = useState<Naming | null>(null)

  async function activate(profile: Profile): Promise<void> {
    const answer = await api.call('profile.activate', { id: profile.id })
    toast(answer.ok ? `Now learning as ${profile.name}.` : answer.error.message)
    await store.reloadProfiles()
  }
  async function remove(profile: Profile): Promise<void> {
    const answer = await api.call('profile.remove', { id: profile.id })
    await store.reloadProfiles()
    if (!answer.ok) {
      toast(answer.error.message)
      return
    }
    toast(`Removed ${profile.name}. Nothing is deleted yet.`, {
      label: 'Undo',
      run: () => {
        void api.call('profile.restore', { id: profile.id }).then(async (restored) => {
          await store.reloadProfiles()
          toast(restored.ok ? `${profile.name} is back.` : restored.error.message)
        })
      },
    })
  }

  return (
    <PageSection
      title="Profiles"
      actions={
        <Button size="compact" icon="plus" onClick={() => setNaming({ mode: 'create' })}>
          Add a profile
        </Button>
      }
    >
      <Rows>
        {profiles.map((profile) => (
          <Row
            key={profile.id}
            label={
              <>
                {profile.name} {profile.id === active && <Chip tone="accent">Active</Chip>}
              </>
            }
            description={`Last used ${dateText(profile.lastUsedAt)}`}
          >
            {profile.id !== active && (
              <Button size="compact" onClick={() => void activate(profile)}>
                Switch to {profile.name}
              </Button>
            )}
            <IconButton label={`Rename ${profile.name}`} icon="pencil" onClick={() => setNaming({ mode: 'rename', profile })} />
            {profiles.length > 1 && <IconButton label={`Remove ${profile.name}`} icon="trash" onClick={() => void remove(profile)} />}
          </Row>
        ))}
      </Rows>
      {naming && <NameDialog naming={naming} onClose={() => setNaming(null)} />}
    </PageSection>
  )
}

function NameDialog({ naming, onClose }: { naming: Naming; onClose(): void }) {
  const api = useApi()
  const store = useStore()
  const toast = useToast()
  const [name, setName] = useState(naming.mode === 'rename' ? naming.profile.name : '')
  const [error, setError] = useState<string>()

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const chosen = name.trim()
    if (chosen === '') {
      setError('A profile needs a name of 1 to 60 characters.')
      return
    }
    const answer = naming.mode === 'create' ? await api.call('profile.create', { name: chosen }) : await api.call('profile.rename', { id: naming.profile.id, name: chosen })
    if (!answer.ok) {
      setError(answer.error.message)
      return
    }
    await store.reloadProfiles()
    toast(naming.mode === 'create' ? `Added ${chosen}.` : `Renamed to ${chosen}.`)
    onClose()
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={naming.mode === 'create' ? 'Add a profile' : `Rename ${naming.profile.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="main" type="submit" form="profile-name">
            {naming.mode === 'create' ? 'Add' : 'Rename'}
          </Button>
        </>
      }
    >
      <form id="profile-name" onSubmit={(event) => void submit(event)}>
        <Field label="Name" error={error}>
          <TextInput value={name} maxLength={60} autoComplete="name" onChange={(event) => setName(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  )
}
