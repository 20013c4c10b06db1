/** The live figures that a chapter may show, and the start values that it may set: `:::figure{type="amdahl" workers="8"}`. */
import type { FigureAttribute, FigureChoice, FigureKind } from '../figures/kinds/attribute.ts'
import { dataKinds } from '../figures/kinds/data.ts'
import { evidenceKinds } from '../figures/kinds/evidence.ts'
import { queueKinds } from '../figures/kinds/queues.ts'
import { resilienceKinds } from '../figures/kinds/resilience.ts'

export type { FigureAttribute, FigureChoice, FigureKind }

/** Start values as a chapter gives them: those it leaves out are absent, and the figure takes its default. `goal` is what the ask asks for. */
export type FigureValues = Readonly<Record<string, number | string>>

/** All figures by the name that authors write. */
export const figureKinds = { ...queueKinds, ...resilienceKinds, ...dataKinds, ...evidenceKinds }

export type FigureType = keyof typeof figureKinds

/** The names, in the order of the list. */
export const figureTypes = Object.keys(figureKinds) as FigureType[]

/** Whether a chapter may write this name. */
export function isFigureType(name: string): name is FigureType {
  return Object.hasOwn(figureKinds, name)
}
