/** The learner's database as React sees it: its state, its schema, and the plans of the given queries. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PlanNode, SchemaTable } from '../../../../exercises/kinds/sql/engine.ts'
import type { BundleOf } from '../../../../main/api/index.ts'
import { loadImage, saveImage } from './images.ts'
import { journalText, parseJournal } from './journal.ts'
import type { LabState, Replayed, RunOutcome } from './lab-options.ts'
import { SqlLab } from './lab.ts'
import { pageClock, workerPort } from './port.ts'

export interface WorkloadPlan {
  id: string
  label: string
  sql: string
  /** With the data as it was given. */
  before: PlanNode[] | null
  /** With the schema as it is now. */
  now: PlanNode[] | null
  problem: string | null
}

export interface Rebuilt extends Replayed {
  /** Changes of the earlier visit that were too many to keep. */
  beyond: number
}

/** Where the learner's changes are kept between visits. */
export interface ChangesDraft {
  initial: string | null
  keep(text: string): void
}

export interface Lab {
  state: LabState
  /** What became of the changes of an earlier visit; null when there were none, or the learner has seen it. */
  rebuilt: Rebuilt | null
  dismissRebuilt(): void
  schema: SchemaTable[]
  workload: WorkloadPlan[]
  run(sql: string): Promise<RunOutcome>
  plan(sql: string): ReturnType<SqlLab['plan']>
  stop(): boolean
  /** Opens the data afresh, without the learner's changes. */
  reset(): Promise<void>
  /** Reads the schema and the workload's plans again, after a change. */
  refresh(): Promise<void>
}

const closed: RunOutcome = { state: 'stopped', by: 'crash', elapsedMs: 0, kept: 0 }

function createLab({ exercise, datasetSql, datasetKey }: BundleOf<'sql'>, { initial, keep }: ChangesDraft, onState: (state: LabState) => void, onRebuilt: (rebuilt: Rebuilt) => void): SqlLab {
  const kept = parseJournal(initial)
  return new SqlLab({
    spawn: () => workerPort(new Worker(new URL('./sql.worker.ts', import.meta.url), { type: 'module', name: 'sql' })),
    clock: pageClock,
    source: { engine: exercise.engine, datasetSql, setup: exercise.setup ?? null, seed: exercise.seed, memoryMb: exercise.limits.memoryMb },
    timeMs: exercise.limits.timeMs,
    maxRows: exercise.limits.rows,
    parameters: exercise.parameters,
    images: { load: () => loadImage(datasetKey), save: (image) => void saveImage(datasetKey, image) },
    journal: { entries: kept.statements.map((sql) => ({ sql })), keep: (entries) => keep(journalText(entries)) },
    onReplayed: (replayed) => onRebuilt({ ...replayed, beyond: Math.max(0, kept.made - kept.statements.length) }),
    plannedFirst: exercise.workload.map((query) => query.sql),
    onState,
  })
}

/** Opens the exercise's database while mounted. `bundle` must not change in between; of `changes`, the first is read. */
export function useLab(bundle: BundleOf<'sql'>, changes: ChangesDraft): Lab {
  const lab = useRef<SqlLab | null>(null)
  const [state, setState] = useState<LabState>({ name: 'opening', progress: null })
  const [rebuilt, setRebuilt] = useState<Rebuilt | null>(null)
  const latestChanges = useRef(changes)
  useEffect(() => {
    latestChanges.current = changes
  })
  const [schema, setSchema] = useState<SchemaTable[]>([])
  const [workload, setWorkload] = useState<WorkloadPlan[]>(() =>
    bundle.exercise.workload.map((query) => ({ ...query, before: null, now: null, problem: null })),
  )

  const refresh = useCallback(async () => {
    const current = lab.current
    if (current === null) return
    const tables = await current.schema()
    const plans = await Promise.all(bundle.exercise.workload.map(async (query) => ({ id: query.id, answer: await current.plan(query.sql) })))
    if (lab.current !== current) return
    setSchema(tables)
    setWorkload((all) =>
      all.map((query) => {
        const answer = plans.find((plan) => plan.id === query.id)?.answer
        if (answer === undefined) return query
        if (!answer.ok) return { ...query, now: null, problem: answer.message }
        return { ...query, now: answer.plan, before: query.before ?? current.planAsGiven(query.sql) ?? answer.plan, problem: null }
      }),
    )
  }, [bundle])

  useEffect(() => {
    const { initial } = latestChanges.current
    const made = createLab(bundle, { initial, keep: (text) => latestChanges.current.keep(text) }, setState, setRebuilt)
    lab.current = made
    void made.open().then(refresh)
    return () => {
      lab.current = null
      made.close()
    }
  }, [bundle, refresh])

  const run = useCallback((sql: string) => lab.current?.run(sql) ?? Promise.resolve(closed), [])
  const plan = useCallback((sql: string) => lab.current?.plan(sql) ?? Promise.resolve({ ok: false as const, message: 'The database is closed.' }), [])
  const stop = useCallback(() => lab.current?.stop() ?? false, [])
  const dismissRebuilt = useCallback(() => setRebuilt(null), [])
  const reset = useCallback(async () => {
    setRebuilt(null)
    await lab.current?.reset()
    await refresh()
  }, [refresh])
  return { state, rebuilt, dismissRebuilt, schema, workload, run, plan, stop, reset, refresh }
}
