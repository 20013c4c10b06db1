import type { Settings } from '../../../main/api/index.ts'
import { useSettings } from '../../app/data.ts'
import { ReadingChoice } from '../../app/reading-choice.tsx'
import { Field, PageSection, RadioGroup, Switch } from '../../ui/index.ts'
import type { RadioOption } from '../../ui/index.ts'
import { Rows, Row } from './rows.tsx'
import { themeOptions } from './theme-options.tsx'
import styles from './settings.module.css'

const motionOptions: readonly RadioOption<Settings['motion']>[] = [
  { value: 'system', label: 'System' },
  { value: 'reduced', label: 'Reduced' },
  { value: 'full', label: 'Full' },
]

/** Theme, the look of reading text with a preview, motion and single keys. */
export function AppearanceSettings() {
  const { settings, change } = useSettings()
  return (
    <PageSection title="Appearance and keys">
      <Rows>
        <Row label="Theme" description="System follows the computer, also when it changes by the hour.">
          <RadioGroup segmented label="Theme" options={themeOptions} value={settings.theme} onChange={(theme) => change({ theme })} />
        </Row>
        <div className={styles.reading}>
          <Row label="Reading size" description="Of chapters and briefs. Everything else keeps its size; the zoom of the window changes all of it.">
            <ReadingChoice of="size" />
          </Row>
          <Row label="Line length" description="At the most; a narrow window makes it shorter.">
            <ReadingChoice of="width" />
          </Row>
          <Row label="Line spacing">
            <ReadingChoice of="spacing" />
          </Row>
          <Row label="Typeface" description="Distinct is Atkinson Hyperlegible: b and d, I and l, O and 0 differ more from each other. Of help to some readers with dyslexia or low vision.">
            <ReadingChoice of="font" />
          </Row>
          <p className={styles.preview}>A connection is busy for as long as it is held. 120 checkouts a second, held for 250 ms each, keep 30 of the 50 connections busy.</p>
        </div>
        <Row label="Motion" description="Reduced turns every transition off.">
          <RadioGroup segmented label="Motion" options={motionOptions} value={settings.motion} onChange={(motion) => change({ motion })} />
        </Row>
        <Field inline label="Single-letter keys" description="j, k, /, ? and sequences such as g h. Keys with Ctrl, Command or Alt always work.">
          <Switch checked={settings.singleKeys} onChange={(singleKeys) => change({ singleKeys })} />
        </Field>
      </Rows>
    </PageSection>
  )
}
