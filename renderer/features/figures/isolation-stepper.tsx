import type { ReactNode } from 'react'
import { isolationCases } from '../../../exercises/figures/isolation-cases.ts'
import type { Session } from '../../../exercises/figures/isolation-cases.ts'
import { runIsolation } from '../../../exercises/figures/isolation.ts'
import { Button, Status } from '../../ui/index.ts'
import type { FigureProps } from './index.ts'
import { Choice } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { countText } from './kit/number-text.ts'
import { useFigure, useKept } from './kit/use-figure.ts'
import kit from './kit/kit.module.css'
import styles from './isolation-stepper.module.css'

const levelNames = { 'read-committed': 'READ COMMITTED', 'repeatable-read': 'REPEATABLE READ', serializable: 'SERIALIZABLE' } as const

/** Two transactions that the reader steps in any order, at each level. */
export default function IsolationStepper(props: FigureProps): ReactNode {
  const figure = useFigure('isolation-stepper', props)
  const { anomaly, level } = figure.values
  const [order, setOrder] = useKept(`${figure.key}/order`, '')
  const scene = isolationCases[anomaly]
  const run = runIsolation({ anomaly, level, order })
  const verdict = !run.ended ? null : run.broken ? ('broken' as const) : ('holds' as const)
  const step = (session: Session): void => setOrder(order + session)
  const wordsOf = (session: Session): string => (run.next[session] === null ? 'has ended' : run.waiting === session ? 'waits for a row lock' : `next: ${run.next[session] ?? ''}`)
  const summary =
    verdict === null
      ? `${levelNames[level]}, ${countText(order.length, 'step')}. A ${wordsOf('A')}. B ${wordsOf('B')}.`
      : verdict === 'broken'
        ? `${levelNames[level]}: both committed${run.aborted === 0 ? '' : ' but for one'}, and the rule is broken: ${anomaly === 'non-repeatable-read' ? 'A read two different balances' : scene.ends(run.rows)}. Nobody got an error.`
        : `${levelNames[level]}: the rule holds, ${scene.ends(run.rows)}. ${run.aborted === 0 ? 'Nobody got an error: in this order the level makes no difference.' : 'One transaction got error 40001 and has to be run again from its start.'}`
  return (
    <FigureFrame
      of={figure}
      touched={figure.touched || order !== ''}
      onReset={() => setOrder('')}
      controls={
        <>
          <Choice of={figure} name="level" />
          <Choice of={figure} name="anomaly" />
          <div className={kit.player}>
            {(['A', 'B'] as const).map((session) => (
              <Button key={session} size="compact" disabled={run.next[session] === null || run.waiting === session} onClick={() => step(session)}>
                Step {session}
              </Button>
            ))}
            <Button size="compact" disabled={order === ''} onClick={() => setOrder(order.slice(0, -1))}>
              Undo
            </Button>
            <Button size="compact" disabled={order === ''} onClick={() => setOrder('')}>
              From the start
            </Button>
            <span className={styles.order}>{order === '' ? 'Try A, B, A, B, A, B.' : `Order: ${[...order].join(' ')}`}</span>
          </div>
        </>
      }
      summary={summary}
      readings={{ broken: run.broken ? 1 : 0, aborted: run.aborted }}
      note="As PostgreSQL 18 runs it: a test steps every order of every case on a real server and compares. Change the level and the same order is run again. An engine with another design answers otherwise: MySQL’s repeatable read lets the lost update happen."
    >
      <div className={styles.rule}>
        <span>
          {scene.table}: {Object.entries(scene.rows).map(([key, value]) => (scene.table === 'doctors' ? `${key} on call` : `id ${key}, balance ${value}`)).join('; ')}. Rule: {scene.rule}
        </span>
        {verdict === null ? <Status state="unknown">not ended</Status> : <Status state={verdict === 'broken' ? 'crit' : 'ok'}>{verdict === 'broken' ? 'the rule is broken' : 'the rule holds'}</Status>}
      </div>
      <table className={styles.log}>
        <thead>
          <tr>
            <th scope="col">Session A</th>
            <th scope="col">Session B</th>
          </tr>
          <tr>
            <td>
              <code>BEGIN ISOLATION LEVEL {levelNames[level]}</code>
            </td>
            <td>
              <code>BEGIN ISOLATION LEVEL {levelNames[level]}</code>
            </td>
          </tr>
        </thead>
        <tbody>
          {run.log.map((entry, index) => (
            <tr key={index}>
              {(['A', 'B'] as const).map((session) => (
                <td key={session} data-kind={session === entry.session ? entry.kind : undefined}>
                  {session === entry.session ? (
                    <>
                      <code>{entry.sql}</code>
                      <span className={styles.result}>{entry.result}</span>
                    </>
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
          {run.ended ? null : (
            <tr>
              {(['A', 'B'] as const).map((session) => (
                <td key={session} className={styles.next}>
                  {run.next[session] === null ? '' : run.waiting === session ? 'waiting' : <code>{run.next[session]}</code>}
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </FigureFrame>
  )
}
