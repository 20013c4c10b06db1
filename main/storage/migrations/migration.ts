/** One step of the schema, forward only. A step that was released is never edited: a new one follows it. */
export interface Migration {
  /** Climbs by one; kept in the file as `user_version`. */
  version: number
  name: string
  sql: string
}
