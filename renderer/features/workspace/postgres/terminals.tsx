import type { ReactNode } from 'react'
import type { PostgresExercise } from '../../../../exercises/kinds/postgres/schema.ts'
import type { LabView, SessionView } from './lab/postgres-lab.ts'
import styles from './postgres.module.css'
import { Terminal } from './terminal/terminal.tsx'
import type { Bench } from './use-bench.ts'
import { answersInSession } from './use-panes.ts'

interface TerminalsProps {
  exercise: PostgresExercise
  view: LabView
  bench: Bench
  texts: Readonly<Record<string, string>>
  onChange(session: string, text: string): void
  /** The way to have the answer checked, under the session that holds it. */
  answerFoot: ReactNode
  answerText: string
  onExplain(): void
  onResetAnswer(): void
  onResetDatabase(): void
}

const closed = (name: string): SessionView => ({ name, backendPid: null, transaction: 'idle', transactionSinceMs: null, running: null, waitsFor: null, last: null })

/** The sessions side by side. */
export function Terminals({ exercise, view, bench, texts, onChange, answerFoot, answerText, onExplain, onResetAnswer, onResetDatabase }: TerminalsProps) {
  const inSession = answersInSession(exercise)
  return (
    <div className={styles.terminals} data-count={exercise.sessions.length}>
      {exercise.sessions.map(({ name, starter, on }) => {
        const text = texts[name] ?? ''
        // A button of this session means this session, whichever had the focus before.
        const here = (work: () => void) => () => {
          bench.setActive(name)
          requestAnimationFrame(work)
        }
        return (
          <Terminal
            key={name}
            session={view.sessions.find((session) => session.name === name) ?? closed(name)}
            title={inSession ? 'Your answer' : `Session ${name}${on === 'standby' ? ', standby' : ''}`}
            initialText={text}
            text={text}
            tables={view.tables}
            exerciseId={exercise.id}
            parameters={bench.parameters[name] ?? {}}
            onParameter={(parameter, value) => bench.setParameter(name, parameter, value)}
            isReady={view.phase.name === 'ready'}
            actions={{ run: here(bench.run), runStatement: here(bench.runStatement), explain: here(onExplain), stop: here(bench.stop) }}
            more={[
              ...(!inSession && exercise.mode !== 'schedule' ? [{ id: 'take', label: 'Put your answer here', icon: 'copy' as const, run: () => bench.editors.get(name)?.replaceText(answerText), separated: true }] : []),
              inSession
                ? { id: 'answer', label: 'Reset the answer to its start', icon: 'undo' as const, run: onResetAnswer, separated: true }
                : { id: 'text', label: 'Reset this text to its start', icon: 'undo' as const, run: () => bench.editors.get(name)?.replaceText(starter), separated: exercise.mode === 'schedule' },
              { id: 'database', label: 'Reset the database', icon: 'reset' as const, run: onResetDatabase },
            ]}
            foot={inSession ? answerFoot : undefined}
            hasResults={!inSession}
            onChange={(next) => onChange(name, next)}
            onReady={(ready) => void (ready === null ? bench.editors.delete(name) : bench.editors.set(name, ready))}
            onFocus={() => bench.setActive(name)}
            onReveal={(offset) => bench.editors.get(name)?.reveal(offset)}
          />
        )
      })}
    </div>
  )
}
