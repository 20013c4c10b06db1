import type { Command } from './command.ts'
import { kubectl } from './kubectl/index.ts'
import { psql } from './psql/index.ts'

/** All commands that ask the simulated world, by name. */
export const commands: readonly Command[] = [kubectl, psql]
