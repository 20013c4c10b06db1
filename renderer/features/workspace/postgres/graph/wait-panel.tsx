import { useId } from 'react'
import type { Activity, WaitGraph } from '../../../../../exercises/kinds/postgres/wait-graph.ts'
import { waitGraph } from '../../../../../exercises/kinds/postgres/wait-graph.ts'
import { Status } from '../../../../ui/index.ts'
import { PanelEmpty } from '../../panel-state.tsx'
import type { LabView } from '../lab/postgres-lab.ts'
import { arrowBetween, box, boxCentres, drawingOf, inOrderOfWaits, withoutShortcuts } from './graph-layout.ts'
import styles from './graph.module.css'

const stateWords: Readonly<Record<string, string>> = {
  active: 'runs a statement',
  idle: 'idle',
  'idle in transaction': 'idle in transaction',
  'idle in transaction (aborted)': 'transaction failed',
}

/** `A waits for B`: live, or the ring of a deadlock that PostgreSQL has broken. */
interface Shown {
  graph: WaitGraph
  /** Sessions of a ring. */
  ring: readonly string[]
  broken: string | null
}

/** So many boxes can be told apart. */
const mostBoxes = 8

function shownOf({ activity, deadlock, sessions }: LabView): Shown {
  const whole = waitGraph(activity)
  // Sessions of others that neither wait nor are waited for would only hide the rest.
  const isOwn = (id: string): boolean => sessions.some((session) => session.name === id)
  const nodes = whole.nodes.filter(({ id }) => isOwn(id) || whole.edges.some(({ from, to }) => from === id || to === id)).slice(0, mostBoxes)
  const live = { ...whole, nodes, edges: whole.edges.filter(({ from, to }) => nodes.some(({ id }) => id === from) && nodes.some(({ id }) => id === to)) }
  if (live.cycle !== null || deadlock === null || live.edges.length > 0) return { graph: live, ring: live.cycle ?? [], broken: null }
  const ring = [...new Set(deadlock.edges.flatMap(({ from, to }) => [from, to]))]
  return { graph: { nodes: live.nodes, edges: deadlock.edges, cycle: ring }, ring, broken: deadlock.victim }
}

/** Who waits for whom now: pg_stat_activity and pg_locks, drawn. */
export function WaitPanel({ view }: { view: LabView }) {
  const shown = shownOf(view)
  if (shown.graph.nodes.length === 0) return <PanelEmpty title="Nothing has run yet">Who waits for whom shows here while the sessions run.</PanelEmpty>
  return (
    <div className={styles.panel}>
      <WaitDrawing view={view} />
      <div className={styles.words}>
        <WaitWords shown={shown} />
        <LockTable activity={view.activity} />
        <ActivityTable activity={view.activity} />
      </div>
    </div>
  )
}

function isInRing(ring: readonly string[], from: string, to: string): boolean {
  return ring.includes(from) && ring.includes(to)
}

/** Boxes and arrows. All that they show stands in words elsewhere. */
export function WaitDrawing({ view }: { view: LabView }) {
  const { graph: whole, ring, broken } = shownOf(view)
  const order = inOrderOfWaits(whole.nodes.map(({ id }) => id), whole.edges)
  const isMany = whole.nodes.length > 4
  // Many stand in the order of their waits; a few keep their places.
  const nodes = isMany ? order.flatMap((id) => whole.nodes.filter((node) => node.id === id)) : whole.nodes
  const graph = { nodes, edges: withoutShortcuts(whole.edges) }
  const drawing = drawingOf(graph.nodes.length)
  const marker = useId()
  const centres = boxCentres(graph.nodes.length)
  const centreOf = (id: string): { x: number; y: number } => centres[graph.nodes.findIndex((node) => node.id === id)] ?? { x: 0, y: 0 }
  return (
    <svg className={styles.drawing} viewBox={`0 0 ${String(drawing.width)} ${String(drawing.height)}`} aria-hidden="true">
      <defs>
        {(['plain', 'ring'] as const).map((kind) => (
          <marker key={kind} id={`${marker}-${kind}`} viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
            <path d="M0 0 10 5 0 10z" className={styles.head} data-ring={kind === 'ring' ? '' : undefined} />
          </marker>
        ))}
      </defs>
      {graph.edges.map(({ from, to, lock }) => {
        const arrow = arrowBetween(centreOf(from), centreOf(to), graph.edges.some((edge) => edge.from === to && edge.to === from))
        const inRing = isInRing(ring, from, to)
        return (
          <g key={`${from} ${to}`} data-ring={inRing ? '' : undefined} className={styles.edge}>
            <path
              className={styles.line}
              d={`M${String(arrow.from.x)} ${String(arrow.from.y)} Q${String(arrow.control.x)} ${String(arrow.control.y)} ${String(arrow.to.x)} ${String(arrow.to.y)}`}
              markerEnd={`url(#${marker}-${inRing ? 'ring' : 'plain'})`}
            />
            {/* Among many the words beside it say which lock. */}
            {!isMany && (
              <text className={styles.lock} x={arrow.label.x} y={arrow.label.y} textAnchor={arrow.label.anchor} dominantBaseline="middle">
                {lock}
              </text>
            )}
          </g>
        )
      })}
      {ring.length > 0 && (
        <g className={styles.deadlock} transform={`translate(${String(drawing.width / 2)} ${String(drawing.height / 2)})`}>
          <path d="M4 1h4l3 3v4l-3 3H4L1 8V4z" transform="translate(-8 -24) scale(1.3)" className={styles.octagon} />
          <text y="8" textAnchor="middle">
            {broken === null ? 'Deadlock' : 'Deadlock, broken'}
          </text>
        </g>
      )}
      {graph.nodes.map((node, index) => {
        const { x, y } = centres[index] ?? { x: 0, y: 0 }
        return (
          <g key={node.id} transform={`translate(${String(x - box.width / 2)} ${String(y - box.height / 2)})`} className={styles.node} data-ring={ring.includes(node.id) ? '' : undefined} data-waiting={node.waiting ? '' : undefined}>
            <rect width={box.width} height={box.height} rx="6" />
            <text className={styles.name} x="12" y="24">
              {node.id.length === 1 ? `Session ${node.id}` : node.id}
            </text>
            <text className={styles.state} x="12" y="44">
              {broken === node.id ? 'ended with 40P01' : node.waiting ? 'waits' : (stateWords[node.state] ?? node.state)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

function WaitWords({ shown: { graph, ring, broken } }: { shown: Shown }) {
  if (graph.edges.length === 0) return <Status state="ok">No session waits for another.</Status>
  return (
    <div className={styles.list}>
      {ring.length === 0 && <Status state="warn">{graph.edges.length === 1 ? 'One session waits.' : `${String(graph.edges.length)} waits.`}</Status>}
      {ring.length > 0 && broken === null && <Status state="crit">Deadlock: {[...ring, ring[0]].join(' waits for ')}.</Status>}
      {broken !== null && <Status state="crit">Deadlock: PostgreSQL ended the statement of session {broken}. The ring as it was:</Status>}
      <ul>
        {graph.edges.map(({ from, to, lock }) => (
          <li key={`${from} ${to}`}>
            {from} {broken === null ? 'waits' : 'waited'} for {to}: <code>{lock}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What every session does, as pg_stat_activity lists it. */
function ActivityTable({ activity }: { activity: readonly Activity[] }) {
  return (
    <details className={styles.locks} open={activity.length > 4}>
      <summary>pg_stat_activity: {String(activity.length)}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Session</th>
            <th scope="col">pid</th>
            <th scope="col">State</th>
            <th scope="col">In transaction</th>
            <th scope="col">Last statement</th>
          </tr>
        </thead>
        <tbody>
          {activity.map(({ session, pid, state, transactionMs, query }) => (
            <tr key={pid}>
              <td>{session}</td>
              <td>{pid}</td>
              <td>{state}</td>
              <td>{transactionMs === null ? '' : `${(transactionMs / 1_000).toFixed(0)} s`}</td>
              <td>
                <code>{query.length > 60 ? `${query.slice(0, 60)}…` : query}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

/** What every session holds and wants, as pg_locks lists it. */
function LockTable({ activity }: { activity: readonly Activity[] }) {
  const locks = activity.flatMap(({ session, locks: all }) => all.map((lock) => ({ session, ...lock })))
  return (
    <details className={styles.locks} open={locks.length > 0 && locks.length <= 8}>
      <summary>
        pg_locks: {locks.length === 0 ? 'none on tables' : String(locks.length)}
      </summary>
      {locks.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Session</th>
              <th scope="col">On</th>
              <th scope="col">Mode</th>
              <th scope="col">Granted</th>
            </tr>
          </thead>
          <tbody>
            {locks.map((lock, index) => (
              <tr key={`${String(index)}-${lock.session}`}>
                <td>{lock.session}</td>
                <td>{lock.target}</td>
                <td>
                  <code>{lock.mode}</code>
                </td>
                <td>{lock.granted ? 'yes' : 'no, waits'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  )
}
