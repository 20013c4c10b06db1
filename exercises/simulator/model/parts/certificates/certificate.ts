import { callerEpoch, callerPlace, callerReplica, placeCall } from '../../callers.ts'
import { outcomeCode } from '../../outcome.ts'
import { BasePart } from '../../part.ts'
import type { Guard } from '../../wire.ts'
import type { World } from '../../world.ts'
import type { ClockTable } from '../clocks/clock-table.ts'
import { Service } from '../service/service.ts'
import type { CertificateSpec } from './index.ts'

/** One certificate that was issued; times in microseconds of the simulation. */
export interface Issued {
  readonly fromUs: number
  readonly untilUs: number
  readonly isTrusted: boolean
  readonly hasName: boolean
}

export interface CertificateState {
  readonly issued: readonly Issued[]
  readonly connections: ReadonlyMap<number, readonly [untilUs: number, epoch: number]>
}

/**
 * The TLS certificate of parts. Callers check it when they connect, by their own clocks; a connection that is open stays
 * open. A server that reads its certificate only when it starts goes on with the old one until it is restarted.
 */
export class Certificate extends BasePart<CertificateState> implements Guard {
  readonly spec: CertificateSpec
  private issued: Issued[]
  /** Until when the connections of a process last, and which process of its place it is. */
  private connections = new Map<number, readonly [untilUs: number, epoch: number]>()
  private clocks: ClockTable | null = null

  constructor(world: World, name: string, spec: CertificateSpec) {
    super(world, name)
    this.spec = spec
    this.issued = [{ fromUs: Number.NEGATIVE_INFINITY, untilUs: spec.expires, isTrusted: true, hasName: true }]
  }

  /** Second pass. */
  use(clocks: ClockTable): void {
    this.clocks = clocks
  }

  get clock(): World {
    return this.world
  }

  /** The certificate that is issued now. */
  get current(): Issued {
    return this.issued.at(-1) as Issued
  }

  admit(call: number): number {
    const { world } = this
    const place = callerPlace(world, call)
    const epoch = callerEpoch(world, call)
    const open = this.connections.get(place)
    if (open !== undefined && open[0] > world.nowUs && open[1] === epoch) return outcomeCode.ok
    const clockUs = world.nowUs + (this.clocks?.offsetUs(world.calls.caller[call] as number, callerReplica(world, call)) ?? 0)
    const outcome = this.verdict(this.servedBy(world.calls.callee[call] as number, placeCall(world, call)), clockUs)
    if (outcome === outcomeCode.ok) {
      if (this.spec.connections > 0) this.connections.set(place, [world.nowUs + this.spec.connections, epoch])
    } else this.tell(world.parts[world.calls.callee[call] as number]?.name ?? '', outcome)
    return outcome
  }

  /** Issues a certificate, which servers take up as they do. */
  issue(issued: Issued): void {
    this.issued.push(issued)
  }

  /** Replaces the present certificate by one that differs, wherever it is in use. */
  alter(change: Partial<Issued>): void {
    this.issued = [...this.issued.slice(0, -1), { ...this.current, ...change }]
  }

  /** What a replica of a part shows to those who connect now. */
  servedBy(part: number, replica: number): Issued {
    const server = this.world.parts[part]
    if (this.spec.reload === 'auto' || !(server instanceof Service)) return this.current
    const startedUs = server.replicas[replica]?.startedUs ?? this.world.nowUs
    return this.issued.findLast(({ fromUs }) => fromUs <= startedUs) ?? this.current
  }

  override measure(): void {
    const { telemetry, nowUs } = this.world
    for (const name of this.spec.of) {
      const part = this.world.part(name)
      if (part === undefined) continue
      const served = this.servedBy(part.index, 0)
      const target = telemetry.target({ job: 'blackbox', instance: name }, 0)
      target.gauge('probe_ssl_earliest_cert_expiry', 'When the first certificate of the chain expires, in seconds since 1970.', {}).set(telemetry.epochMs / 1e3 + served.untilUs / 1e6)
      target.gauge('probe_success', '1 when the probe of TLS was answered.', {}).set(this.verdict(served, nowUs) === outcomeCode.ok ? 1 : 0)
    }
    telemetry
      .target({ job: 'cert-manager' }, 0)
      .gauge('certmanager_certificate_expiration_timestamp_seconds', 'When the certificate that was issued last expires.', { name: this.name })
      .set(telemetry.epochMs / 1e3 + this.current.untilUs / 1e6)
  }

  save(): CertificateState {
    return { issued: this.issued.slice(), connections: new Map(this.connections) }
  }

  load(state: CertificateState): void {
    this.issued = state.issued.slice()
    this.connections = new Map(state.connections)
  }

  private verdict(served: Issued, clockUs: number): number {
    if (clockUs < served.fromUs || clockUs >= served.untilUs) return outcomeCode['certificate-expired']
    if (!served.isTrusted) return outcomeCode['certificate-untrusted']
    return served.hasName ? outcomeCode.ok : outcomeCode['certificate-mismatch']
  }

  /** What the server's log says of a client that hung up. */
  private tell(server: string, outcome: number): void {
    const { telemetry, nowUs } = this.world
    const alert = outcome === outcomeCode['certificate-expired'] ? 'expired certificate' : outcome === outcomeCode['certificate-untrusted'] ? 'unknown certificate authority' : 'bad certificate'
    const template = telemetry.logTemplate({ labels: { service: server }, level: 'warn', format: 'text', message: 'http: TLS handshake error from 10.42.3.17: remote error: tls: {alert}', fields: [{ name: 'alert', kind: 'text' }] })
    template.write(nowUs, 0, 0, 0, telemetry.intern(alert))
  }
}
