/** All kinds of parts. A new kind is a file in `parts/` and a line here. */
import type { PartKind } from './part.ts'
import { clientKind } from './parts/client/index.ts'
import { serviceKind } from './parts/service/index.ts'

export const partKinds: readonly PartKind[] = [serviceKind, clientKind]
