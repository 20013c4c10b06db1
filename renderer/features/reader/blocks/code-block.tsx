/** Source text with its tokens coloured, a copy button, and what running it printed, drawn as a terminal would. */
import { memo, useRef, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { Block } from '../../../../exercises/content/model.ts'
import { useLibrary } from '../../../app/data.ts'
import { routes } from '../../../app/routes.ts'
import { CopyButton } from '../../../ui/index.ts'
import { overflowsProbably, useScrollStop } from './scroll-stop.ts'
import styles from './code-block.module.css'

type Code = Extract<Block, { t: 'code' }>

const languageNames: Readonly<Record<string, string>> = {
  text: '',
  sql: 'SQL',
  pgsql: 'PostgreSQL',
  promql: 'PromQL',
  logql: 'LogQL',
  ts: 'TypeScript',
  typescript: 'TypeScript',
  js: 'JavaScript',
  json: 'JSON',
  yaml: 'YAML',
  sh: 'Shell',
  bash: 'Shell',
}

function ScrollingText({ label, text, className, children }: { label: string; text: string; className: string | undefined; children: ReactNode }): ReactNode {
  const ref = useRef<HTMLPreElement>(null)
  return (
    <pre ref={ref} className={className} {...useScrollStop(ref, label, overflowsProbably(text))}>
      {children}
    </pre>
  )
}

type Run = NonNullable<Code['run']>

/** What stands over the output: who gave it, when the course was checked. */
const outputHeads: Readonly<Record<Run['engine'], string>> = {
  sqlite: 'Output, as SQLite printed it',
  postgres: 'Output, as PostgreSQL printed it',
  promql: 'Answer of the incident’s metrics',
  logql: 'Answer of the incident’s logs',
  shell: 'Output, as the incident’s terminal printed it',
  script: 'Output, as the sandbox printed it',
}

/** The engine's own name, where it says more than the language does. */
const engineNames: Readonly<Partial<Record<Run['engine'], string>>> = { sqlite: 'SQLite', postgres: 'PostgreSQL' }

/** `5 min after the alert`, for what was asked of an incident. */
function askedWhen(atMinutes: readonly number[]): string {
  const words = atMinutes.map((minutes) => (minutes === 0 ? 'at the alert' : `${String(Math.abs(minutes))} min ${minutes < 0 ? 'before' : 'after'} the alert`))
  return words.join(', ')
}

/** The way from what was asked of an incident to the incident. */
function IncidentSource({ run }: { run: Extract<Run, { incident: string }> }): ReactNode {
  const title = useLibrary().incidents.find(({ id }) => id === run.incident)?.title
  return (
    <div className={styles.incident}>
      Measured {askedWhen(run.atMinutes)}, in a run of the incident in which nobody acts. <Link href={routes.incident(run.incident)}>Open this incident{title === undefined ? '' : `: ${title}`}</Link>
    </div>
  )
}

/** Whether a line of dashes under names makes columns of a print-out: those keep their places, and scroll; all else wraps. */
function hasColumns(output: string): boolean {
  return /^ *-{2,}[-+ |]*$/m.test(output)
}

/** One fence with its output. `memo`: text never changes while a chapter is open, and tokens are many. */
export const CodeBlock = memo(function CodeBlock({ block }: { block: Code }): ReactNode {
  const language = languageNames[block.lang] ?? block.lang
  const { run } = block
  const engine = run === undefined ? null : (engineNames[run.engine] ?? null)
  const name = block.title ?? (language === '' ? 'Text' : language)
  const meta = engine ?? (block.title === undefined ? '' : language)
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.head}>
        <span className={styles.title}>{name}</span>
        {meta === '' || meta === name ? null : <span className={styles.meta}>{meta}</span>}
        <CopyButton text={block.text} label="Copy" size="compact" />
      </figcaption>
      <ScrollingText label={`Source: ${name}`} text={block.text} className={block.lang === 'text' ? `${styles.source} ${styles.wrapped}` : styles.source}>
        <code>
          {block.tokens.map((token, index) =>
            token.kind === undefined ? (
              token.text
            ) : (
              <span key={index} className={styles[token.kind]}>
                {token.text}
              </span>
            ),
          )}
        </code>
      </ScrollingText>
      {block.output === undefined ? null : (
        <div className={styles.output}>
          <div className={styles.outputHead}>{run === undefined ? 'Output' : outputHeads[run.engine]}</div>
          <ScrollingText label={`Output of ${name}`} text={block.output} className={hasColumns(block.output) ? styles.printed : `${styles.printed} ${styles.wrapped}`}>
            <samp>{block.output.trim() === '' ? '(nothing)' : block.output}</samp>
          </ScrollingText>
        </div>
      )}
      {run !== undefined && 'incident' in run ? <IncidentSource run={run} /> : null}
    </figure>
  )
})
