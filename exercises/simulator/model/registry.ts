/** All kinds of parts. A new kind is a file in `parts/` and a line here. */
import type { PartKind } from './part.ts'
import { brokerKind } from './parts/broker/index.ts'
import { cacheKind } from './parts/cache/index.ts'
import { clientKind } from './parts/client/index.ts'
import { consumersKind } from './parts/consumers/index.ts'
import { databaseKind } from './parts/database/index.ts'
import { externalKind } from './parts/external.ts'
import { flagKind } from './parts/flag.ts'
import { limiterKind } from './parts/limiter.ts'
import { linkKind } from './parts/link.ts'
import { serviceKind } from './parts/service/index.ts'

export const partKinds: readonly PartKind[] = [serviceKind, databaseKind, cacheKind, externalKind, limiterKind, flagKind, linkKind, brokerKind, consumersKind, clientKind]
