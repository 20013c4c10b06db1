export type Row = Readonly<Record<string, unknown>>

export interface Column {
  name: string
  /** `timestamp`: a text such as `2026-01-05T09:00:00Z`. */
  type: 'integer' | 'number' | 'text' | 'timestamp'
  nullable?: boolean
  min?: number
  max?: number
  oneOf?: readonly string[]
  /** Compare its distribution with the reference. */
  watch?: boolean
}

export interface Quarantined {
  /** Place in the batch, from 0. */
  index: number
  row: Row
  /** `column: rule` for each rule that is broken; rules are missing, null, type, range, value. */
  faults: string[]
}

export interface Drift {
  column: string
  psi: number
  level: 'stable' | 'moderate' | 'major' | 'too few'
}

export interface Report {
  accepted: Row[]
  quarantined: Quarantined[]
  /** Columns of the batch that the schema does not know, in alphabetical order. */
  unknownColumns: string[]
  drift: Drift[]
  verdict: 'load' | 'hold'
}

export const smallestShare = 0.0001
export const fewestRows = 500
export const mostQuarantined = 0.05
