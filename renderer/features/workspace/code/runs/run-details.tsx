import type { Place, RunFailure, TestRun } from '../../../../../exercises/kinds/code/report.ts'
import { sequenceDiagram } from '../../../../../exercises/kinds/code/timeline.ts'
import { Button } from '../../../../ui/index.ts'
import { DiagramFigure } from '../../../reader/diagrams/diagram-figure.tsx'
import { placeWords, scheduleWords, virtualTime } from './run-words.ts'
import { TimelineList } from './timeline-list.tsx'
import styles from './runs.module.css'

interface RunDetailsProps {
  run: TestRun
  title: string
  /** Names of the program's files. */
  programFiles: readonly string[]
  /** Files that the editor has. */
  files: readonly string[]
  onReveal(place: Place): void
}

function Failure({ failure, files, onReveal }: { failure: RunFailure; files: readonly string[]; onReveal(place: Place): void }) {
  const { expected, actual, expression, place, testPlace } = failure
  const hasValues = expected !== undefined && actual !== undefined
  // With both values below, the note is what is left to say.
  const message = hasValues ? failure.message.replace(`expected ${expected}, got ${actual}`, '').replace(/: $/, '') : failure.message
  return (
    <div className={styles.failure}>
      {message !== '' && <p className={styles.message}>{message}</p>}
      {hasValues && (
        <dl className={styles.values}>
          <dt>Expected</dt>
          <dd>
            <code>{expected}</code>
          </dd>
          <dt>Got</dt>
          <dd>
            <code>{actual}</code>
          </dd>
        </dl>
      )}
      {expression !== undefined && (
        <p>
          <span className={styles.quiet}>In the test:</span> <code className={styles.expression}>{expression}</code>
        </p>
      )}
      <p className={styles.places}>
        {[place, testPlace].map(
          (one, index) =>
            one !== undefined &&
            files.includes(one.file) && (
              <Button key={one.file} size="compact" variant={index === 0 ? 'plain' : 'quiet'} icon="arrow-right" onClick={() => onReveal(one)}>
                {placeWords(one)}
              </Button>
            ),
        )}
      </p>
    </div>
  )
}

/** Everything that is known of one run of a test. */
export function RunDetails({ run, title, programFiles, files, onReveal }: RunDetailsProps) {
  const { failure } = run
  const printed = run.trace.filter((entry) => entry.kind === 'console')
  const hasDiagram = failure !== undefined && run.trace.some((entry) => entry.kind === 'call' || entry.kind === 'note')
  const which = scheduleWords(run)
  const name = `${title}${which === '' ? '' : `, ${which}`}`
  return (
    <div className={styles.details}>
      {failure !== undefined && <Failure failure={failure} files={files} onReveal={onReveal} />}
      {printed.length > 0 && (
        <section>
          <h4 className={styles.heading}>Console</h4>
          <pre className={styles.console}>{printed.map((entry) => `${entry.text}\n`).join('')}</pre>
        </section>
      )}
      {hasDiagram && (
        <DiagramFigure
          diagram={{
            t: 'diagram',
            id: `run-${run.test}`,
            title: name,
            source: sequenceDiagram(run, programFiles),
            description: [
              { t: 'p', id: 'words', c: [{ t: 'text', v: `The run that failed, from 0 to ${virtualTime(run.endMs)} of virtual time. The timeline below lists what happened, line by line.` }] },
            ],
            covers: [],
          }}
        />
      )}
      {run.trace.length === 0 ? (
        <p className={styles.quiet}>No timer was set, nothing of the test was called and nothing was printed.</p>
      ) : (
        <details className={styles.fold} open={hasDiagram ? undefined : true}>
          <summary>
            Timeline, {run.trace.length.toLocaleString('en')} {run.trace.length === 1 ? 'line' : 'lines'}, to {virtualTime(run.endMs)}
          </summary>
          <TimelineList run={run} files={files} onReveal={onReveal} />
        </details>
      )}
    </div>
  )
}
