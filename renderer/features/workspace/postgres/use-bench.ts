/** What the panes and buttons of the workspace do: runs, plans, marks, in whichever session has the focus. */
import { useRef, useState } from 'react'
import { readClient } from '../../../../exercises/kinds/postgres/client.ts'
import { parsePlan } from '../../../../exercises/kinds/postgres/plan.ts'
import type { PostgresExercise } from '../../../../exercises/kinds/postgres/schema.ts'
import type { Cell } from '../../../../exercises/kinds/postgres/session.ts'
import { splitStatements } from '../../../../exercises/kinds/postgres/statements.ts'
import { announce } from '../../../app/announce.ts'
import { useToast } from '../../../app/toast.tsx'
import type { SqlEditor } from '../editor/monaco.ts'
import type { Piece, PostgresLab } from './lab/postgres-lab.ts'
import { explainOf } from './plan/plan-lines.ts'
import type { ShownPlan } from './plan/plan-panel.tsx'
import { reportPhrase } from './terminal/run-words.ts'
import { parametersBySession } from './use-panes.ts'

/** The editor of the answer, where that is not a session's. */
export const answerPlace = 'answer'

export interface Bench {
  /** The session that commands go to: the one that had the focus last. */
  active: string
  setActive(place: string): void
  editors: Map<string, SqlEditor>
  parameters: Readonly<Record<string, Readonly<Record<string, Cell>>>>
  setParameter(session: string, name: string, value: Cell): void
  plan: ShownPlan | null
  run(): void
  runStatement(): void
  /** The plan of the statement at the caret; true when there is one to show. */
  explain(): boolean
  explainSql(session: string, sql: string): Promise<ShownPlan | null>
  stop(): void
}

export function useBench(exercise: PostgresExercise, lab: PostgresLab): Bench {
  const toast = useToast()
  const first = exercise.sessions[0]?.name ?? 'A'
  const [active, setActiveSession] = useState(first)
  /** The editor that has the focus, or had it last: a session's, or the answer's. */
  const place = useRef(first)
  const [editors] = useState(() => new Map<string, SqlEditor>())
  const [parameters, setParameters] = useState(() => parametersBySession(exercise))
  const [plan, setPlan] = useState<ShownPlan | null>(null)

  const runPiece = async (piece: Piece | null): Promise<void> => {
    if (piece === null) return
    const editor = editors.get(place.current)
    // The lines that only a client understands are not the server's.
    const sql = place.current === answerPlace ? readClient(piece.text).answer.sql : piece.text
    const session = active
    editor?.mark(null)
    const report = await lab.run(session, { ...piece, text: sql }, parameters[session] ?? {})
    if (report === null) return
    if (report.error !== null) editor?.mark({ message: report.error.message, start: piece.start + report.error.start, end: piece.start + report.error.end })
    announce(`Session ${session}: ${reportPhrase(report)}.`)
  }
  const pieceAtCaret = (): Piece | null => editors.get(place.current)?.selection() ?? editors.get(place.current)?.statement() ?? null

  const explainSql = async (session: string, sql: string): Promise<ShownPlan | null> => {
    const [statement] = splitStatements(sql)
    if (statement === undefined) return null
    const { sql: asked, isRun } = explainOf(statement)
    const report = await lab.ask(session, asked, parameters[session] ?? {})
    if (report === null) {
      toast(`Session ${session} runs something, or its transaction has failed. End that first.`)
      return null
    }
    const shown = { session, sql: statement.text, isRun, plan: null, problem: null }
    if (report.error !== null) return { ...shown, problem: `${report.error.message} (${report.error.sqlstate})` }
    return { ...shown, plan: parsePlan(String(report.results[0]?.rows[0]?.[0])) }
  }

  return {
    active,
    setActive: (next) => {
      place.current = next
      if (next !== answerPlace) setActiveSession(next)
    },
    editors,
    parameters,
    setParameter: (session, name, value) => setParameters((before) => ({ ...before, [session]: { ...before[session], [name]: value } })),
    plan,
    run: () => void runPiece({ text: editors.get(place.current)?.text() ?? '', start: 0 }),
    runStatement: () => {
      const editor = editors.get(place.current)
      const piece = pieceAtCaret()
      if (editor === undefined || piece === null) return
      void runPiece(piece)
      // On to the next statement, so that one key steps through a transaction.
      if (editor.selection() === null) {
        const next = splitStatements(editor.text()).find((statement) => statement.start >= piece.start + piece.text.length)
        if (next !== undefined) editor.reveal(next.start)
      }
    },
    explain: () => {
      const piece = pieceAtCaret()
      if (piece === null) return false
      void explainSql(active, piece.text).then((shown) => {
        if (shown !== null) setPlan(shown)
      })
      return true
    },
    explainSql,
    stop: () => lab.cancel(active),
  }
}
