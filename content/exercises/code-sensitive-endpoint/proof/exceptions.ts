import type { Request, Response, Services } from './services.ts'

class Denied extends Error {
  constructor(readonly status: number) { super('denied') }
}

export const createSensitiveEndpoint = ({ user: findUser, dataset: findDataset, audit }: Services) => {
  const rowsFor = async (userId: string | null, datasetId: string) => {
    if (userId === null) throw new Denied(401)
    const user = await findUser(userId)
    const isAdmin = user?.roles.includes('admin') ?? false
    if (!user || (!isAdmin && !user.roles.includes('data_analyst'))) throw new Denied(403)
    const dataset = await findDataset(datasetId)
    if (!dataset) throw new Denied(404)
    if (!isAdmin && user.teams.indexOf(dataset.team) === -1) throw new Denied(404)
    return dataset.rows
  }
  return async ({ userId, datasetId }: Request): Promise<Response> => {
    const reply = (status: number, body: unknown = ''): Response => ({ status, headers: { 'cache-control': 'no-store' }, body })
    let rows: readonly unknown[]
    try {
      rows = await rowsFor(userId, datasetId)
    } catch (error) {
      await audit({ userId, datasetId, decision: 'denied' }).catch(() => undefined)
      return reply(error instanceof Denied ? error.status : 500)
    }
    try {
      await audit({ userId, datasetId, decision: 'allowed' })
      return reply(200, rows)
    } catch {
      return reply(503)
    }
  }
}
