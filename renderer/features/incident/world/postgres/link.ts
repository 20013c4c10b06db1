/** psql's database in a worker beside the world's. */
import type { PostgresLink } from '../../../../../exercises/simulator/bastion/index.ts'
import type { RunReport } from '../../../../../exercises/kinds/postgres/session.ts'

export type PostgresRequest = { readonly id: number } & ({ readonly type: 'open'; readonly setup: string } | { readonly type: 'run'; readonly sql: string; readonly nowMs: number })
export type PostgresReply = { readonly id: number } & ({ readonly ok: true; readonly report: RunReport | null } | { readonly ok: false; readonly message: string })

type Question = PostgresRequest extends infer Request ? (Request extends PostgresRequest ? Omit<Request, 'id'> : never) : never

/** Starts one. */
export function startPostgres(): PostgresLink {
  const worker = new Worker(new URL('./postgres.worker.ts', import.meta.url), { type: 'module', name: 'psql' })
  const waiting = new Map<number, { resolve(report: RunReport | null): void; reject(error: Error): void }>()
  let lastId = 0
  const fail = (message: string): void => {
    for (const { reject } of waiting.values()) reject(new Error(message))
    waiting.clear()
  }
  worker.addEventListener('message', ({ data }: MessageEvent<PostgresReply>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.ok) asked?.resolve(data.report)
    else asked?.reject(new Error(data.message))
  })
  worker.addEventListener('error', ({ message }) => fail(message === '' ? 'The database could not be loaded.' : message))
  const ask = (question: Question): Promise<RunReport | null> => {
    lastId += 1
    const id = lastId
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, ...question })
    })
  }
  return {
    open: async (setup) => void (await ask({ type: 'open', setup })),
    async run(sql, nowMs) {
      const report = await ask({ type: 'run', sql, nowMs })
      if (report === null) throw new Error('The database gave no answer.')
      return report
    },
    close() {
      worker.terminate()
      fail('stopped')
    },
  }
}
