/** The server where there is one; the built-in PostgreSQL for a single session where there is none. */
import type { PostgresExercise } from '../../../../../exercises/kinds/postgres/schema.ts'
import type { ApiClient } from '../../../../../main/api/index.ts'
import type { Answer, LabDriver, OpenedSessions } from './driver.ts'
import { coreDriver } from './driver.ts'

/** Chooses when it is opened, and again after a failure. */
export function chooseDriver(api: ApiClient, exercise: PostgresExercise): LabDriver {
  const server = coreDriver(api, exercise)
  let chosen = server
  return {
    async open(onStart): Answer<OpenedSessions> {
      const available = await api.call('postgres.available', {})
      const refusal = !available.ok ? available.error.message : available.value.ok ? null : available.value.why
      chosen = server
      const opened = refusal === null ? await server.open(onStart) : { ok: false as const, message: refusal }
      if (opened.ok) return opened
      if (exercise.tier === 'single') {
        const { pgliteDriver } = await import('./pglite-driver.ts')
        chosen = pgliteDriver(exercise)
        return chosen.open(onStart)
      }
      return refusal === null ? opened : { ok: false, message: `This exercise needs several sessions. ${refusal} The brief, your answer and the worked answer can still be read here.` }
    },
    run: (session, sql, parameters) => chosen.run(session, sql, parameters),
    cancel: (session) => chosen.cancel(session),
    look: () => chosen.look(),
    tables: () => chosen.tables(),
    reset: () => chosen.reset(),
    close: () => chosen.close(),
  }
}
