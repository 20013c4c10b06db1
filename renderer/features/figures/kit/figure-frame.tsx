/** The frame that all figures share: controls, results, pictures, what they say in words, and the limits of the model. */
import { useEffect, type ReactNode } from 'react'
import { figureKinds } from '../../../../exercises/content/figure-types.ts'
import type { FigureType } from '../../../../exercises/content/figure-types.ts'
import { reached, readGoal } from '../../../../exercises/figures/goal.ts'
import { announce } from '../../../app/announce.ts'
import { Button, Status } from '../../../ui/index.ts'
import type { FigureState } from './use-figure.ts'
import styles from './kit.module.css'

/** A result in large type. */
export interface Readout {
  label: string
  value: string
  /** `crit` and `warn` add a mark, so that colour is never alone. */
  tone?: 'ok' | 'warn' | 'crit' | undefined
  word?: string
}

/** A moving slider says its words once it rests. */
const restMs = 700

interface FrameProps<T extends FigureType> {
  of: FigureState<T>
  /** Sliders and choices. */
  controls: ReactNode
  readouts?: readonly Readout[]
  /** The present state in one or two sentences; spoken when it changes. */
  summary: string
  /** Formula, assumptions and limits. */
  note: ReactNode
  readings: { readonly [Name in keyof (typeof figureKinds)[T]['readings']]: number }
  /** Pictures. */
  children: ReactNode
  /** Clears what the figure keeps besides its values. */
  onReset?: () => void
  /** Something besides the values has changed. */
  touched?: boolean
}

/** Draws one figure. */
export function FigureFrame<T extends FigureType>({ of, controls, readouts = [], summary, note, readings, children, onReset, touched = of.touched }: FrameProps<T>): ReactNode {
  const met = touched && goalMet(of, readings)
  const spoken = met ? `Goal reached. ${summary}` : summary
  useEffect(() => {
    if (!touched) return
    const timer = setTimeout(() => announce(spoken), restMs)
    return () => clearTimeout(timer)
  }, [spoken, touched])
  return (
    <div className={styles.frame}>
      <div className={styles.controls}>{controls}</div>
      {readouts.length === 0 ? null : (
        <dl className={styles.readouts}>
          {readouts.map(({ label, value, tone, word }) => (
            <div key={label} className={styles.readout}>
              <dt>{label}</dt>
              <dd>
                <span className={styles.value}>{value}</span>
                {tone === undefined ? null : <Status state={tone}>{word ?? ''}</Status>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div className={styles.pictures}>{children}</div>
      <div className={styles.words}>
        <div className={styles.summary} data-summary>
          {summary}
        </div>
        {met ? (
          <div className={styles.goal}>
            <Status state="ok">Done: the figure now shows what it asks for.</Status>
          </div>
        ) : null}
      </div>
      <div className={styles.foot}>
        <div className={styles.note}>{note}</div>
        <Button
          size="compact"
          variant="quiet"
          disabled={!touched}
          onClick={() => {
            of.reset()
            onReset?.()
          }}
        >
          Start values
        </Button>
      </div>
    </div>
  )
}

function goalMet<T extends FigureType>(of: FigureState<T>, readings: Readonly<Record<string, number>>): boolean {
  if (of.goal === '') return false
  const demands = readGoal(of.goal, figureKinds[of.type])
  return demands.ok && reached(demands.value, { ...of.values, ...readings })
}
