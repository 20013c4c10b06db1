import type { Request, Response, Services } from './services.ts'

/** Answers GET /data/sensitive/{datasetId}. */
export function createSensitiveEndpoint(services: Services): (request: Request) => Promise<Response> {
  return async ({ userId, datasetId }) => {
    const user = userId === null ? null : await services.user(userId)
    if (user === null) return { status: 401, headers: {}, body: { error: 'please log in' } }
    if (!user.roles.includes('admin')) return { status: 403, headers: {}, body: { error: 'forbidden' } }
    const dataset = await services.dataset(datasetId)
    return { status: 200, headers: {}, body: dataset?.rows }
  }
}
