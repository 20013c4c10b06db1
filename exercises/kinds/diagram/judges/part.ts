/** A check that asks for several things: each met or not, with what was seen. */
import type { Judgement } from '../../../core/judgement.ts'

export interface Part {
  met: boolean
  evidence: string
  /** Where a part that is not met shows. */
  line?: number | null | undefined
}

/** All parts must be met; each that is earns its share. */
export function judgeParts(parts: readonly Part[]): Judgement {
  const met = parts.filter((part) => part.met).length
  const line = parts.find((part) => !part.met && typeof part.line === 'number')?.line
  return { passed: met === parts.length && met > 0, share: parts.length === 0 ? 0 : met / parts.length, evidence: parts.map((part) => part.evidence), ...(typeof line === 'number' ? { line } : {}) }
}
