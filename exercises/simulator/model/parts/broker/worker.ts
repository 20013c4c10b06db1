import type { BuildContext } from '../../part.ts'
import { didYouMean } from '../../suggest.ts'
import { Service } from '../service/service.ts'

/** The service and endpoint that `worker handle-order` names; null after a complaint. */
export function workerOf(call: string, { world, problem }: BuildContext): { readonly service: Service; readonly endpoint: number } | null {
  const [name = '', ...rest] = call.trim().split(/\s+/)
  const service = world.part(name)
  if (!(service instanceof Service)) {
    const services = world.parts.filter((part) => part instanceof Service).map((part) => part.name)
    problem(['call'], `There is no service "${name}".${didYouMean(name, services)}`)
    return null
  }
  const endpointName = rest.join(' ')
  const endpoint = service.operation(endpointName)
  if (endpoint >= 0) return { service, endpoint }
  problem(['call'], `"${name}" has no endpoint "${endpointName}".${didYouMean(endpointName, service.operationNames())} It has: ${service.operationNames().join(', ')}.`)
  return null
}
