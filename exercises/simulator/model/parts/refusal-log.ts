import type { LogTemplate } from '../../telemetry/index.ts'
import type { World } from '../world.ts'
import { Service } from './service/service.ts'

/** Lines of the pod that refused a request for its limit, with what is known of who sent it. */
export class RefusalLog {
  private readonly world: World
  private readonly limiter: string
  private templates = new Map<string, LogTemplate>()
  private attributeTexts: readonly (readonly number[])[] | null = null

  constructor(world: World, limiter: string) {
    this.world = world
    this.limiter = limiter
  }

  /** @param bucket what the limit is of */
  write(call: number, bucket: string): void {
    const { attributes, calls, nowUs, parts, telemetry } = this.world
    const server = parts[calls.callee[call] as number]
    const pod = server instanceof Service ? (server.replicas[calls.replica[call] as number]?.pod ?? '') : ''
    this.attributeTexts ??= attributes.texts(telemetry)
    const packed = calls.attributes[call] as number
    const told = this.attributeTexts.map((texts, at) => texts[(packed >>> (8 * at)) & 0xff] ?? 0)
    this.template(server?.name ?? '', pod).write(nowUs, calls.traceHi[call] as number, calls.traceLo[call] as number, calls.span[call] as number, telemetry.intern(bucket), telemetry.intern(this.limiter), ...told)
  }

  /** After the string table has been replaced. */
  clear(): void {
    this.templates = new Map()
    this.attributeTexts = null
  }

  private template(service: string, pod: string): LogTemplate {
    const known = this.templates.get(pod)
    if (known !== undefined) return known
    const { attributes, telemetry } = this.world
    const made = telemetry.logTemplate({
      labels: pod === '' ? { service } : { service, pod },
      level: 'warn',
      message: 'Rate limit exceeded for {bucket}',
      fields: [{ name: 'bucket', kind: 'text' }, { name: 'limiter', kind: 'text' }, ...attributes.names.map((name) => ({ name, kind: 'text' as const }))],
    })
    this.templates.set(pod, made)
    return made
  }
}
