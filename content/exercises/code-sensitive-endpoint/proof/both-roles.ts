import type { Request, Response, Services } from './services.ts'

const admitted = ['admin', 'data_analyst']

/** Answers GET /data/sensitive/{datasetId}. */
export function createSensitiveEndpoint(services: Services): (request: Request) => Promise<Response> {
  return async (request) => {
    const { userId, datasetId } = request
    const { status, rows } = await decide(request, services)
    try {
      await services.audit({ userId, datasetId, decision: status === 200 ? 'allowed' : 'denied' })
    } catch {
      if (status === 200) return answer(503)
    }
    return answer(status, rows)
  }
}

async function decide({ userId, datasetId }: Request, services: Services): Promise<{ status: number; rows?: readonly unknown[] }> {
  if (userId === null) return { status: 401 }
  try {
    const user = await services.user(userId)
    if (user === null || !admitted.every((role) => user.roles.includes(role))) return { status: 403 }
    const dataset = await services.dataset(datasetId)
    const readable = dataset !== null && (user.roles.includes('admin') || user.teams.includes(dataset.team))
    return readable ? { status: 200, rows: dataset.rows } : { status: 404 }
  } catch {
    return { status: 500 }
  }
}

function answer(status: number, body: unknown = { error: status }): Response {
  return { status, headers: { 'cache-control': 'no-store' }, body }
}
