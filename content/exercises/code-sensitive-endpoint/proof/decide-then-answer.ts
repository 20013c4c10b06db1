import type { Dataset, Request, Response, Services, User } from './services.ts'

type Verdict = { allow: Dataset } | { deny: 401 | 403 | 404 | 500 }

const mayUse = (user: User | null): user is User => user !== null && user.roles.some((role) => role === 'admin' || role === 'data_analyst')
const owns = (user: User, dataset: Dataset) => user.roles.includes('admin') || new Set(user.teams).has(dataset.team)

class SensitiveEndpoint {
  constructor(private readonly services: Services) {}

  private judge(request: Request): Promise<Verdict> {
    if (request.userId === null) return Promise.resolve({ deny: 401 })
    return this.services.user(request.userId).then((user): Verdict | Promise<Verdict> => {
      if (!mayUse(user)) return { deny: 403 }
      return this.services.dataset(request.datasetId).then((dataset): Verdict => (dataset && owns(user, dataset) ? { allow: dataset } : { deny: 404 }))
    })
  }

  async handle(request: Request): Promise<Response> {
    const verdict = await this.judge(request).catch((): Verdict => ({ deny: 500 }))
    const allowed = 'allow' in verdict
    const logged = await this.services.audit({ userId: request.userId, datasetId: request.datasetId, decision: allowed ? 'allowed' : 'denied' }).then(() => true, () => false)
    const headers = { 'cache-control': 'no-store', 'content-type': 'application/json' }
    if (!allowed) return { status: verdict.deny, headers, body: null }
    return logged ? { status: 200, headers, body: verdict.allow.rows } : { status: 503, headers, body: null }
  }
}

export function createSensitiveEndpoint(services: Services): (request: Request) => Promise<Response> {
  const endpoint = new SensitiveEndpoint(services)
  return (request) => endpoint.handle(request)
}
