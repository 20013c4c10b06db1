import { z } from 'zod'
import { distribution, partName, share, size } from '../../../topology/quantity.ts'

const zoneSchema = z.strictObject({
  /** Zones of one region are near each other. */
  region: partName.default('local'),
  /** Parts without replicas that stand here; services name their zones themselves. */
  parts: z.array(z.string()).default([]),
})

const pathSchema = z.strictObject({
  /** Two zones or two regions; the same one twice for the way inside. */
  between: z.tuple([z.string(), z.string()]),
  /** One way. */
  latency: distribution.optional(),
  loss: share.optional(),
  /** Bytes a second, each way; messages queue for it. */
  bandwidth: size.optional(),
})

export const networkSchema = z.strictObject({
  zones: z.record(partName, zoneSchema).refine((zones) => Object.keys(zones).length > 0, { error: 'needs at least one zone.' }),
  /** One way, inside a zone, between zones of a region, and between regions. */
  'same-zone': distribution.prefault('lognormal(p50 120us, p99 400us)'),
  zone: distribution.prefault('lognormal(p50 400us, p99 1ms)'),
  region: distribution.prefault('lognormal(p50 40ms, p99 48ms)'),
  /** Share of packets that are lost everywhere. */
  loss: share.default(0),
  /** Size of a message, in packets of 1460 bytes: the more packets, the likelier that one is lost. */
  message: size.default(4 * 2 ** 10),
  paths: z.array(pathSchema).default([]),
})

/** A network as its topology says; times in microseconds, sizes in bytes. */
export type NetworkSpec = z.output<typeof networkSchema>
