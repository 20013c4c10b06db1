import { useEffect, useState } from 'react'
import { readMode } from '../../../../exercises/simulator/incident/modes/mode.ts'
import type { ShiftMode } from '../../../../exercises/simulator/incident/modes/mode.ts'
import type { ShiftLevel, ShiftRecord } from '../../../../exercises/simulator/incident/shift/record.ts'
import { uuidRandomBytes, uuidV7 } from '../../../../exercises/core/uuid.ts'
import type { ServiceMap } from '../../../../exercises/simulator/traces/index.ts'
import type { IncidentBundle } from '../../../../main/api/index.ts'
import { useCommands } from '../../../app/commands.tsx'
import { useLibrary, useProgress, useRecord } from '../../../app/data.ts'
import { go, routes } from '../../../app/routes.ts'
import { Button, Chip, Dialog, Field, Page, RadioGroup, Select, Status, TextInput } from '../../../ui/index.ts'
import { IncidentState } from '../../incidents/incident-state.tsx'
import { MapDrawing } from '../panels/traces/map-drawing.tsx'
import { Prose } from '../../reader/content.tsx'
import { difficultyWords } from '../../reader/blocks/exercise-state.ts'
import { useSeedText } from '../seed-texts.ts'
import { hasEnded } from '../shift-draft.ts'
import styles from './briefing.module.css'
import { leavePrepared, prepareRoom } from '../world/prepared-room.ts'
import { levelChoices } from './levels.ts'
import { modeChoices, modeWords } from './modes.ts'
import { mostSeed, newSeed, readSeed } from './seed.ts'

/** A seed that is still being typed is not run. */
const prepareAfterMs = 300

interface BriefingViewProps {
  bundle: IncidentBundle
  /** The shift of an earlier visit. */
  kept: ShiftRecord | null
  /** Something is kept and cannot be read. */
  isDamaged: boolean
  keep(record: string): void
}

/** What one knows before the pager rings, and how the shift should be. */
export function BriefingView({ bundle, kept, isDamaged, keep }: BriefingViewProps) {
  const { summary } = bundle
  const record = useRecord()
  const progress = useProgress().incidents[summary.id]
  const chapter = useLibrary().chapters.find(({ id }) => id === summary.chapter)
  const open = kept !== null && !hasEnded(kept) ? kept : null
  const [level, setLevel] = useState<ShiftLevel>(kept?.level ?? 'guided')
  const [mode, setMode] = useState<ShiftMode | 'plain'>(kept?.mode ?? 'plain')
  const [seedText, setSeedText] = useState(() => String(newSeed()))
  const [asking, setAsking] = useState(false)
  const [map, setMap] = useState<ServiceMap | null>(null)
  const seed = readSeed(seedText)
  const modes = modeChoices(bundle)
  const taken = mode === 'plain' || bundle.withoutModes[mode] !== undefined ? undefined : mode
  const briefing = useSeedText(bundle, 'briefing', open === null ? seed : open.seed)

  // While the briefing is read, the system is run up to the page.
  const coming = open === null ? seed : null
  useEffect(() => {
    if (coming === null) return
    let current = true
    const timer = setTimeout(() => void prepareRoom(bundle, coming, taken).then((found) => current && setMap(found)), prepareAfterMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [bundle, coming, taken])
  useEffect(() => leavePrepared, [])

  const begin = (): void => {
    if (seed === null) return
    const shift: ShiftRecord = { format: 1, id: uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(uuidRandomBytes))), incident: summary.id, seed, level, ...(taken === undefined ? {} : { mode: taken }), nowUs: 0, entries: [] }
    keep(JSON.stringify(shift))
    void record([{ type: 'shift.started', incident: summary.id, shift: shift.id, seed, level }])
    go(routes.shift(summary.id))
  }
  const start = (): void => (open === null ? begin() : setAsking(true))
  const resume = (): void => go(routes.shift(summary.id))
  const lead = open === null ? start : resume
  useCommands([
    { id: 'incident.lead', title: open === null ? 'Start the shift' : 'Resume the shift', section: 'Incident', keys: 'Enter', enabled: open !== null || seed !== null, run: lead },
    { id: 'incident.all', title: 'All incidents', section: 'Incident', keys: 'Escape', run: () => go(routes.incidents) },
  ])

  return (
    <Page
      title={summary.title}
      summary={
        <span className={styles.facts}>
          <IncidentState progress={progress} />
          <Chip>{difficultyWords[summary.difficulty]}</Chip>
          <Chip>{summary.minutes} min</Chip>
          {chapter && (
            <a href={`#${routes.chapter(chapter.id)}`}>
              Chapter {chapter.number}: {chapter.title}
            </a>
          )}
        </span>
      }
    >
      <div className={styles.columns}>
        <section aria-label="Briefing" className={styles.briefing}>
          <Prose of={briefing} />
          {map !== null && map.nodes.length > 1 && (
            <figure className={styles.map}>
              <MapDrawing map={map} />
              <figcaption className={styles.quiet}>Who calls whom on a normal day, with the share of failed calls and the 95th percentile, from its traces: {map.edges.map(({ from, to }) => `${from} calls ${to}`).join(', ')}.</figcaption>
            </figure>
          )}
        </section>
        <section aria-labelledby="shift" className={styles.start}>
          <h2 id="shift" className={styles.heading}>
            Your shift
          </h2>
          {isDamaged && <Status state="warn">A shift was kept and cannot be read. A new one takes its place.</Status>}
          {open !== null && (
            <div className={styles.open}>
              <Status state="warn">A shift is open</Status>
              <p className={styles.quiet}>
                {levelChoices.find(({ value }) => value === open.level)?.label}, {open.mode !== undefined && `${modeWords[open.mode].label.toLowerCase()}, `}seed {open.seed}, {open.entries.length === 0 ? 'nothing done yet' : open.entries.length === 1 ? '1 entry in its timeline' : `${String(open.entries.length)} entries in its timeline`}.
              </p>
              <Button variant="main" size="main" keys="Enter" onClick={resume}>
                Resume the shift
              </Button>
            </div>
          )}
          <RadioGroup<ShiftLevel> label="Help" options={levelChoices} value={level} onChange={setLevel} />
          <Field label="Difficulty" description={modes.find(({ value }) => value === (taken ?? 'plain'))?.description}>
            <Select value={taken ?? 'plain'} onChange={(event) => setMode(readMode(event.target.value) ?? 'plain')}>
              {modes.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Seed" description="The same seed gives the same world, so a shift can be taken again or compared." error={seed === null ? `A seed is a whole number from 0 to ${mostSeed.toLocaleString('en')}.` : undefined}>
            <TextInput inputMode="numeric" value={seedText} onChange={(event) => setSeedText(event.target.value)} />
          </Field>
          <Button variant={open === null ? 'main' : 'plain'} size="main" {...(open === null ? { keys: 'Enter' } : {})} disabled={seed === null} onClick={start}>
            {open === null ? 'Start the shift' : 'Start a new shift'}
          </Button>
        </section>
      </div>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title="Leave the open shift?"
        description="It has not ended, so it has no debrief. A new shift takes its place."
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Keep the open shift</Button>
            <Button variant="danger" onClick={begin}>
              Start a new shift
            </Button>
          </>
        }
      >
        <p>Resume it first and hand over if you want its score.</p>
      </Dialog>
    </Page>
  )
}
