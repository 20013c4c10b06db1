import { useEffect, useState } from 'react'
import type { HTMLAttributes, ReactNode } from 'react'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { StatusMark } from './status.tsx'
import styles from './surfaces.module.css'

/** A raised area with a border, for one thing. */
export function Card({ className, ...rest }: HTMLAttributes<HTMLDivElement>) {
  return <div className={classNames(styles.card, className)} {...rest} />
}

/** A short fact: a skill, a count, a kind. */
export function Chip({ children, tone = 'neutral' }: { children: ReactNode; tone?: 'neutral' | 'accent' | 'ok' | 'warn' | 'crit' }) {
  return <span className={classNames(styles.chip, styles[tone])}>{children}</span>
}

/** How much of something is done. `value` 0..1; `label` is read aloud with the percentage. */
export function ProgressBar({ value, label }: { value: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100)
  return <progress className={styles.progress} aria-label={label} max={100} value={percent} />
}

/** What belongs here, why it is empty, and one thing to do about it. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.state}>
      <p className={styles.stateTitle}>{title}</p>
      {children && <div className={styles.stateText}>{children}</div>}
      {action && <div className={styles.stateAction}>{action}</div>}
    </div>
  )
}

/** What happened, what is safe, what to do, with details to copy. */
export function ErrorState({ title, message, details, action }: { title: string; message: ReactNode; details?: string | undefined; action?: ReactNode }) {
  return (
    <div className={styles.state} role="alert">
      <p className={styles.stateTitle}>
        <StatusMark state="crit" /> {title}
      </p>
      <div className={styles.stateText}>{message}</div>
      <div className={styles.stateAction}>
        {action}
        {details && <CopyButton text={details} label="Copy the details" />}
      </div>
      {details && (
        <details className={styles.details}>
          <summary>Details</summary>
          {/* A scrolling area must be reachable by keyboard (WCAG 2.1.1). */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre tabIndex={0}>{details}</pre>
        </details>
      )}
    </div>
  )
}

/** Copies `text` and says so in its own label. */
export function CopyButton({ text, label, size = 'normal' }: { text: string; label: string; size?: 'normal' | 'compact' }) {
  const [result, setResult] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (result === 'idle') return
    const timer = setTimeout(() => setResult('idle'), 2_000)
    return () => clearTimeout(timer)
  }, [result])
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setResult('copied'),
      () => setResult('failed'),
    )
  }
  return (
    <Button size={size} icon={result === 'copied' ? 'check' : 'copy'} onClick={copy}>
      <span aria-live="polite">{result === 'copied' ? 'Copied' : result === 'failed' ? 'Not copied: select the text instead' : label}</span>
    </Button>
  )
}

const skeletonAfterMs = 300

/** A grey line in place of text that is on its way. Draws nothing for the first 300 ms. */
export function Skeleton({ lines = 3, label = 'Loading' }: { lines?: number; label?: string }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), skeletonAfterMs)
    return () => clearTimeout(timer)
  }, [])
  if (!late) return null
  return (
    <output className={styles.skeleton}>
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className={styles.line} aria-hidden="true" />
      ))}
    </output>
  )
}
