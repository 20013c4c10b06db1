/** The live figures by the name that chapters write; fetched with the first one that comes near. */
import type { ComponentType } from 'react'
import type { FigureType, FigureValues } from '../../../exercises/content/figure-types.ts'

export interface FigureProps {
  /** The figure's id in its chapter, for ids of its own. */
  id: string
  /** Start values that the chapter gives; those that it leaves out are absent. */
  attributes: FigureValues
}

export const figures: Partial<Record<FigureType, ComponentType<FigureProps>>> = {}
