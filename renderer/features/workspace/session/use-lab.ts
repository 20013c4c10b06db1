/** The learner's database as React sees it: its state, its schema, and the plans of the given queries. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PlanNode, SchemaTable } from '../../../../exercises/kinds/sql/engine.ts'
import type { ExerciseBundle } from '../../../../main/api/index.ts'
import { loadImage, saveImage } from './images.ts'
import type { LabState, RunOutcome } from './lab.ts'
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

export interface Lab {
  state: LabState
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

function createLab({ exercise, datasetSql, datasetKey }: ExerciseBundle, onState: (state: LabState) => void): SqlLab {
  return new SqlLab({
    spawn: () => workerPort(new Worker(new URL('./sql.worker.ts', import.meta.url), { type: 'module', name: 'sql' })),
    clock: pageClock,
    source: { engine: exercise.engine, datasetSql, setup: exercise.setup ?? null, seed: exercise.seed, memoryMb: exercise.limits.memoryMb },
    timeMs: exercise.limits.timeMs,
    maxRows: exercise.limits.rows,
    parameters: exercise.parameters,
    images: { load: () => loadImage(datasetKey), save: (image) => void saveImage(datasetKey, image) },
    onState,
  })
}

/** Opens the exercise's database while mounted. `bundle` must not change in between. */
export function useLab(bundle: ExerciseBundle): Lab {
  const lab = useRef<SqlLab | null>(null)
  const [state, setState] = useState<LabState>({ name: 'opening', progress: null })
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
        return { ...query, now: answer.plan, before: query.before ?? answer.plan, problem: null }
      }),
    )
  }, [bundle])

  useEffect(() => {
    const made = createLab(bundle, setState)
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
  const reset = useCallback(async () => {
    await lab.current?.reset()
    await refresh()
  }, [refresh])
  return { state, schema, workload, run, plan, stop, reset, refresh }
}
