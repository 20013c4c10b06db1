/** The data sets that one exercise is graded on: built once, kept open, handed out unharmed. */
import type { OpenDatabase, SqlDatabase, StatementResult } from './engine.ts'
import { fingerprintQuery } from './fingerprint.ts'
import type { SqlCheck, SqlExercise } from './schema.ts'
import type { Statement } from './statements.ts'
import { isQuery } from './statements.ts'

/** Which data: a seed, and the size in per cent. */
export interface DataChoice {
  seed: number
  scale: number
  /** False for the data that the learner works with. */
  hidden: boolean
}

/** Images of built data sets by `imageKey`. A host may fill it, so that what was built before is not built again. */
export interface ImageStore {
  get(key: string): Uint8Array | undefined
  set(key: string, image: Uint8Array): void
}

/** Verbs that a savepoint takes back whole. Anything else gets a copy of the database. */
const undoable = new Set([
  'SELECT', 'VALUES', 'EXPLAIN', 'INSERT', 'REPLACE', 'UPDATE', 'DELETE',
  'CREATE INDEX', 'DROP INDEX', 'CREATE TABLE', 'DROP TABLE', 'CREATE VIEW', 'DROP VIEW', 'CREATE TRIGGER', 'DROP TRIGGER',
])

export class DataSets {
  readonly #exercise: SqlExercise
  readonly #datasetSql: string
  readonly #open: OpenDatabase
  readonly #images: ImageStore
  readonly #databases = new Map<string, SqlDatabase>()
  /** Computed when a data set is opened, before any answer can touch it. */
  readonly #expected = new Map<string, StatementResult[]>()

  constructor(exercise: SqlExercise, datasetSql: string, open: OpenDatabase, images: ImageStore = new Map<string, Uint8Array>()) {
    this.#exercise = exercise
    this.#datasetSql = datasetSql
    this.#open = open
    this.#images = images
  }

  /** The learner's data, then the hidden ones, which are smaller. */
  choices(): DataChoice[] {
    const { seed, hiddenSeeds, hiddenScale } = this.#exercise
    return [{ seed, scale: 100, hidden: false }, ...hiddenSeeds.map((hidden) => ({ seed: hidden, scale: hiddenScale, hidden: true }))]
  }

  /** Builds every data set and computes what checks expect, so that a later grade does not pay for it. */
  prepare(): void {
    for (const choice of this.choices()) this.#database(choice)
  }

  /** Lends a database for `statements` to be run on; whatever they do is gone afterwards. */
  lend<T>(choice: DataChoice, statements: readonly Statement[], work: (database: SqlDatabase) => T): T {
    if (!statements.every((statement) => undoable.has(statement.verb))) return this.#lendCopy(choice, work)
    const database = this.#database(choice)
    if (statements.every(isQuery)) return work(database)
    database.run('SAVEPOINT grading', { maxRows: 1, trusted: true })
    try {
      return work(database)
    } finally {
      try {
        database.run('ROLLBACK TO grading; RELEASE grading', { maxRows: 1, trusted: true })
      } catch {
        // The answer rolled back by itself (`INSERT OR ROLLBACK`, memory), and what came after it was kept.
        database.close()
        this.#databases.delete(imageKey(choice))
      }
    }
  }

  /** What the check's own queries return on untouched data: `expect`, or a fingerprint of each table. */
  expected(choice: DataChoice, check: SqlCheck): readonly StatementResult[] {
    this.#database(choice)
    const known = this.#expected.get(expectationKey(choice, check))
    if (known === undefined) throw new Error(`Check ${check.id} of ${this.#exercise.id} expects nothing.`)
    return known
  }

  close(): void {
    for (const database of this.#databases.values()) database.close()
    this.#databases.clear()
  }

  #lendCopy<T>(choice: DataChoice, work: (database: SqlDatabase) => T): T {
    const copy = this.#open({ image: this.#image(choice), memoryMb: this.#exercise.limits.memoryMb })
    try {
      return work(copy)
    } finally {
      copy.close()
    }
  }

  #image(choice: DataChoice): Uint8Array {
    const key = imageKey(choice)
    const known = this.#images.get(key)
    if (known !== undefined) return known
    const image = this.#database(choice).image()
    this.#images.set(key, image)
    return image
  }

  #database(choice: DataChoice): SqlDatabase {
    const key = imageKey(choice)
    const known = this.#databases.get(key)
    if (known !== undefined) return known
    const image = this.#images.get(key)
    const { memoryMb } = this.#exercise.limits
    const database = image === undefined ? this.#open({ memoryMb }) : this.#open({ image, memoryMb })
    if (image === undefined) buildData(database, this.#datasetSql, this.#exercise.setup ?? null, choice)
    this.#databases.set(key, database)
    this.#expectFrom(database, choice)
    return database
  }

  #expectFrom(database: SqlDatabase, choice: DataChoice): void {
    const { checks, parameters, limits } = this.#exercise
    for (const check of checks) {
      const key = expectationKey(choice, check)
      const queries = expectationQueries(check, database)
      if (queries.length === 0 || this.#expected.has(key)) continue
      this.#expected.set(key, queries.flatMap((sql) => database.run(sql, { maxRows: limits.rows, parameters, trusted: true }).slice(-1)))
    }
  }
}

/** Names a data set of one exercise in an ImageStore. */
export function imageKey(choice: { seed: number; scale: number }): string {
  return `${choice.seed}@${choice.scale}`
}

function expectationKey(choice: DataChoice, check: SqlCheck): string {
  return `${imageKey(choice)}:${check.id}`
}

function expectationQueries(check: SqlCheck, database: SqlDatabase): string[] {
  if (check.type === 'rows' || check.type === 'interleave') return [check.expect]
  if (check.type !== 'unchanged') return []
  return check.tables.map((table) => {
    const query = fingerprintQuery(table, database)
    if (query === null) throw new Error(`Check ${check.id} names a table that the dataset does not have: ${table}.`)
    return query
  })
}

/** Runs a dataset and an exercise's own statements in an empty database. `scale` is in per cent. */
export function buildData(database: SqlDatabase, datasetSql: string, setup: string | null, data: { seed: number; scale: number }): void {
  const options = { maxRows: 1, trusted: true, parameters: { seed: data.seed, scale: data.scale } }
  database.run('BEGIN', options)
  database.run(datasetSql, options)
  if (setup !== null) database.run(setup, options)
  database.run('COMMIT', options)
}
