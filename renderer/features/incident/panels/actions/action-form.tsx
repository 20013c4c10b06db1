import { useEffect, useMemo, useRef, useState } from 'react'
import type { FormEvent } from 'react'
import type { ActionResult } from '../../../../../exercises/simulator/model/index.ts'
import { useToast } from '../../../../app/toast.tsx'
import { Button, Field, Select, Switch, TextInput } from '../../../../ui/index.ts'
import { useRoom, useRoomCall } from '../../room/room-context.ts'
import { lengthText } from '../../room/sim-time.ts'
import type { OfferedAction } from '../../world/calls/actions.ts'
import type { Stake } from '../../world/calls/effects.ts'
import { argumentFields, argumentsOf } from './argument-fields.ts'
import type { ArgumentField } from './argument-fields.ts'
import styles from './actions.module.css'

/** The arguments of one action, what it would do and how long it takes, and doing it. */
export function ActionForm({ offered, preset, onClose }: { offered: OfferedAction; preset: Readonly<Record<string, string>>; onClose(): void }) {
  const { client, opened } = useRoom()
  const toast = useToast()
  const fields = useMemo(() => argumentFields(offered.argumentsSchema, preset), [offered, preset])
  // A switch that must be set stands on off from the start.
  const [written, setWritten] = useState<Readonly<Record<string, string>>>(() => ({ ...Object.fromEntries(fields.flatMap(({ name, kind, isRequired }) => (kind === 'switch' && isRequired ? [[name, 'false']] : []))), ...preset }))
  const [preview, setPreview] = useState<ActionResult | null>(null)
  const stake = useRoomCall('actions.stake', { target: offered.target }, '')
  const form = useRef<HTMLFormElement>(null)
  const request = useMemo(() => ({ ...argumentsOf(fields, written), action: offered.action, target: offered.target }), [fields, written, offered])

  useEffect(() => form.current?.querySelector<HTMLElement>('input, select, button')?.focus(), [])
  useEffect(() => {
    let current = true
    void client.call('actions.preview', request).then((answer) => current && setPreview(answer))
    return () => {
      current = false
    }
  }, [client, request])

  const act = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const done = await client.call('actions.act', request)
    if (!done.ok) {
      setPreview(done)
      return
    }
    const takesUs = done.effectUs - (client.latest?.nowUs ?? opened.pageUs)
    toast(takesUs < 1e6 ? `Done: ${done.summary}.` : `${done.summary}: takes effect in ${lengthText(takesUs)}.`)
    onClose()
  }
  const missing = fields.some(({ name, isRequired }) => isRequired && (written[name] ?? '').trim() === '')
  return (
    <form ref={form} className={styles.form} onSubmit={(event) => void act(event)} aria-label={`${offered.action} ${offered.target}`}>
      <h3 className={styles.heading}>
        {offered.action} {offered.target}
      </h3>
      <p className={styles.summary}>
        {offered.summary}
        {stake.state === 'ready' && stake.value !== null && ` About ${atStake(stake.value)} a second go through ${offered.target} now.`}
      </p>
      <div className={styles.fields}>
        {fields.map((field) => (
          <Field key={field.name} label={field.isRequired ? field.name : `${field.name} (optional)`}>
            <ArgumentControl field={field} value={written[field.name] ?? ''} onChange={(value) => setWritten({ ...written, [field.name]: value })} />
          </Field>
        ))}
      </div>
      <p className={styles.preview} data-refused={preview?.ok === false && !missing ? '' : undefined} aria-live="polite">
        {missing ? 'Fill in what is needed.' : previewWords(preview, client.latest?.nowUs ?? opened.pageUs)}
      </p>
      <div className={styles.buttons}>
        <Button type="submit" variant="danger" disabled={missing || preview?.ok !== true}>
          Do it in production
        </Button>
        <Button onClick={onClose}>Leave it</Button>
      </div>
    </form>
  )
}

/** `59 requests`. */
function atStake({ perSecond, what }: Stake): string {
  return `${String(Number(perSecond.toPrecision(2)))} ${what}`
}

function previewWords(preview: ActionResult | null, nowUs: number): string {
  if (preview === null) return ''
  if (!preview.ok) return preview.error
  const takesUs = Math.max(0, preview.effectUs - nowUs)
  return takesUs < 1e6 ? 'Takes effect at once.' : `Takes effect ${lengthText(takesUs)} after you confirm.`
}

function ArgumentControl({ field, value, onChange }: { field: ArgumentField; value: string; onChange(value: string): void }) {
  if (field.kind === 'switch') return <Switch checked={value === 'true'} onChange={(checked) => onChange(String(checked))} />
  if (field.kind === 'choice') {
    return (
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">Choose</option>
        {field.options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </Select>
    )
  }
  return <TextInput value={value} placeholder={field.preset} onChange={(event) => onChange(event.target.value)} />
}
