import { z } from 'zod'
import { duration, positiveDuration } from '../../../topology/quantity.ts'
import { action, fault } from '../../change-kind.ts'
import type { BuildContext, ChangeKind, PartKind } from '../../part.ts'
import { didYouMean } from '../../suggest.ts'
import { ClockTable } from '../clocks/clock-table.ts'
import { Certificate } from './certificate.ts'

const day = 86_400_000_000
const minute = 60_000_000

const certificateSchema = z.strictObject({
  /** Parts that show it. */
  of: z.union([z.string().transform((name) => [name]), z.array(z.string()).min(1)]),
  /** From the start of the simulation. */
  expires: duration.default(60 * day),
  /** How long a caller keeps a connection that it has opened; 0: each request connects. */
  connections: duration.default(0),
  /** Whether servers take up a new certificate by themselves, or when they start. */
  reload: z.enum(['auto', 'restart']).default('auto'),
})

/** A certificate as its topology says; times in microseconds. */
export type CertificateSpec = z.output<typeof certificateSchema>

const renewSchema = z.strictObject({ lifetime: positiveDuration.default(90 * day), chain: z.enum(['full', 'leaf-only']).default('full') })

const changes: readonly ChangeKind<Certificate>[] = [
  fault<Certificate, { in: number }>({
    name: 'expire',
    summary: 'The certificate expires: now, or after a time (in: 5m).',
    schema: z.strictObject({ in: duration.default(0) }),
    apply(certificate, args) {
      certificate.alter({ untilUs: certificate.clock.nowUs + args.in })
      return `expires in ${args.in / 1e6} s`
    },
  }),
  fault<Certificate, Record<string, never>>({
    name: 'break-chain',
    summary: 'Servers show the certificate without the intermediate one, so that callers do not trust it.',
    schema: z.strictObject({}),
    apply(certificate) {
      certificate.alter({ isTrusted: false })
      return 'the chain is not complete'
    },
    revert: (certificate) => certificate.alter({ isTrusted: true }),
  }),
  fault<Certificate, Record<string, never>>({
    name: 'wrong-name',
    summary: 'Servers show a certificate for another name.',
    schema: z.strictObject({}),
    apply(certificate) {
      certificate.alter({ hasName: false })
      return 'the certificate is for another name'
    },
    revert: (certificate) => certificate.alter({ hasName: true }),
  }),
  action<Certificate, z.output<typeof renewSchema>>({
    name: 'renew-certificate',
    summary: 'Issues a new certificate. Servers that read theirs only at their start need a restart too. chain: leaf-only forgets the intermediate one.',
    schema: renewSchema,
    durationUs: () => 2 * minute,
    apply(certificate, { lifetime, chain }) {
      const { nowUs } = certificate.clock
      certificate.issue({ fromUs: nowUs, untilUs: nowUs + lifetime, isTrusted: chain === 'full', hasName: true })
      return `valid for ${Math.round(lifetime / day)} days${certificate.spec.reload === 'restart' ? ', from the next start of each server' : ''}`
    },
  }),
]

function connect(certificate: Certificate, spec: CertificateSpec, { world, problem }: BuildContext): void {
  certificate.use(new ClockTable(world))
  for (const name of spec.of) {
    const part = world.part(name)
    if (part === undefined) problem(['of'], `There is no part "${name}".${didYouMean(name, world.partNames())}`)
    else world.wire.addGuard(part.index, certificate)
  }
}

/** TLS certificates. */
export const certificateKind: PartKind<CertificateSpec, Certificate> = {
  kind: 'certificate',
  section: 'certificates',
  summary: 'The TLS certificate of parts, which expires.',
  schema: certificateSchema,
  build: (spec, name, { world }) => new Certificate(world, name, spec),
  connect,
  changes,
}
