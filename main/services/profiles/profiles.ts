import type { Result } from '../../../exercises/core/result.ts'
import { fail, ok } from '../../../exercises/core/result.ts'
import type { ApiError, Profile } from '../../api/contract.ts'
import type { DurableStore, StoredProfile } from '../../storage/index.ts'

export interface ProfilesOptions {
  store: DurableStore
  now(): number
  newId(): string
  /** Name of the first profile, made at the first launch. */
  firstName: string
  /** Another profile is active, by choice or because the storage was replaced. */
  onActivated(profile: string): void
}

export interface Profiles {
  active(): string
  list(): Profile[]
  create(name: string): Profile
  rename(id: string, name: string): Result<Profile, ApiError>
  activate(id: string): Result<Profile, ApiError>
  /** Hides the profile; its log and settings stay in the file. */
  remove(id: string): Result<{ active: string }, ApiError>
  restore(id: string): Result<Profile, ApiError>
  /** Reads the active profile again, making the first one where there is none. */
  reload(): void
}

/** The learners who share this computer. One is active at a time. */
export function createProfiles({ store, now, newId, firstName, onActivated }: ProfilesOptions): Profiles {
  let active = ''

  const present = (): StoredProfile[] => store.profiles().filter(({ removedAt }) => removedAt === null)
  const find = (id: string): StoredProfile | undefined => store.profiles().find((profile) => profile.id === id)
  const shown = ({ id, name, createdAt, lastUsedAt }: StoredProfile): Profile => ({ id, name, createdAt, lastUsedAt })
  const notFound = fail<ApiError>({ code: 'not-found', message: 'This profile is not on this computer any more. Choose another one.' })

  function select(profile: StoredProfile): Profile {
    const used = { ...profile, lastUsedAt: now() }
    store.write([{ kind: 'profile', profile: used }, { kind: 'active-profile', profile: used.id }])
    const changed = active !== used.id
    active = used.id
    if (changed) onActivated(used.id)
    return shown(used)
  }

  function make(name: string): StoredProfile {
    const profile: StoredProfile = { id: newId(), name, createdAt: now(), lastUsedAt: now(), removedAt: null }
    store.write([{ kind: 'profile', profile }])
    return profile
  }

  function reload(): void {
    const profiles = present()
    const chosen = profiles.find(({ id }) => id === store.activeProfile()) ?? profiles.toSorted((a, b) => b.lastUsedAt - a.lastUsedAt)[0]
    select(chosen ?? make(firstName))
  }

  return {
    active: () => active,
    list: () => present().map(shown),
    create: (name) => shown(make(name)),
    rename(id, name) {
      const profile = find(id)
      if (profile === undefined || profile.removedAt !== null) return notFound
      const renamed = { ...profile, name }
      store.write([{ kind: 'profile', profile: renamed }])
      return ok(shown(renamed))
    },
    activate(id) {
      const profile = find(id)
      return profile === undefined || profile.removedAt !== null ? notFound : ok(select(profile))
    },
    remove(id) {
      const profile = find(id)
      if (profile === undefined || profile.removedAt !== null) return notFound
      const others = present().filter((other) => other.id !== id)
      const next = others.toSorted((a, b) => b.lastUsedAt - a.lastUsedAt)[0]
      if (next === undefined) return fail({ code: 'refused', message: 'This is the only profile, so it stays. To start over, reset its progress or make another profile first.' })
      store.write([{ kind: 'profile', profile: { ...profile, removedAt: now() } }])
      if (active === id) select(next)
      return ok({ active })
    },
    restore(id) {
      const profile = find(id)
      if (profile === undefined) return notFound
      const restored = { ...profile, removedAt: null }
      store.write([{ kind: 'profile', profile: restored }])
      return ok(shown(restored))
    },
    reload,
  }
}
