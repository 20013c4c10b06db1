import { useState } from 'react'
import type { FormEvent } from 'react'
import { resumePoint } from '../../app/course-progress.ts'
import { useApi, useAppState, useLibrary, useProgress, useSettings, useStore } from '../../app/data.ts'
import { resumeRoute } from '../../app/resume-route.ts'
import { go, routes } from '../../app/routes.ts'
import { Button, Dialog, Field, RadioGroup, TextInput } from '../../ui/index.ts'
import { themeOptions } from '../settings/theme-options.tsx'
import styles from './welcome.module.css'

/** First launch: greets and goes. Enter leads to the first chapter; closing it stays on Home. Never shown again. */
export function WelcomeDialog() {
  const api = useApi()
  const store = useStore()
  const library = useLibrary()
  const progress = useProgress()
  const { active } = useAppState((state) => state.profiles)
  const { settings, change } = useSettings()
  const [name, setName] = useState('')
  const point = resumePoint(library, progress)
  const chapter = library.chapters.find((one) => one.id === point?.route.id)

  function leave(): void {
    const chosen = name.trim()
    if (chosen !== '') void api.call('profile.rename', { id: active, name: chosen }).then(() => store.reloadProfiles())
    change({ greeted: true })
  }
  function leaveFor(route: string): void {
    leave()
    go(route)
  }
  function begin(event: FormEvent): void {
    event.preventDefault()
    leave()
    if (point) go(resumeRoute(point))
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) leave()
      }}
      title="Welcome to Firedrill"
      description="You read about how systems fail, answer before the text does, and put real ones right. It works offline; what you do stays on this computer."
    >
      <form className={styles.form} onSubmit={begin}>
        <Field label="Your name" description="Optional. It tells learners on this computer apart.">
          <TextInput value={name} maxLength={60} autoComplete="name" onChange={(event) => setName(event.target.value)} />
        </Field>
        <div className={styles.row}>
          <span>Theme</span>
          <RadioGroup segmented label="Theme" options={themeOptions} value={settings.theme} onChange={(theme) => change({ theme })} />
        </div>
        <Button type="submit" variant="main" size="main" keys="Enter">
          {chapter ? `Start chapter ${String(chapter.number)}` : 'Go to Home'}
        </Button>
        <div className={styles.others}>
          {library.paths.length > 0 && <Button onClick={() => leaveFor(routes.paths)}>Choose a path</Button>}
          {library.incidents.length > 0 && <Button onClick={() => leaveFor(routes.incidents)}>Take an incident</Button>}
        </div>
      </form>
    </Dialog>
  )
}
