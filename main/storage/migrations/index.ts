import { learningLog } from './0001-learning-log.ts'
import { drafts } from './0002-drafts.ts'
import type { Migration } from './migration.ts'

/** Every step from an empty file to now, in order. */
export const migrations: readonly Migration[] = [learningLog, drafts]

/** What this version of the app reads and writes. */
export const newestVersion = migrations.length
