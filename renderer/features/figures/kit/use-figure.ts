/** The state of a figure: its values, kept while the app is open so that scrolling away and back loses nothing. */
import { useState } from 'react'
import { figureKinds } from '../../../../exercises/content/figure-types.ts'
import type { FigureAttribute, FigureChoice, FigureType } from '../../../../exercises/content/figure-types.ts'
import type { FigureProps } from '../index.ts'

type Attributes<T extends FigureType> = (typeof figureKinds)[T]['attributes']

/** Values of a figure, by the names that authors write. */
export type ValuesOf<T extends FigureType> = {
  -readonly [Name in keyof Attributes<T>]: Attributes<T>[Name] extends FigureChoice<infer Choice> ? Choice : number
}
/** Names of the numbers of a figure. */
export type NumberName<T extends FigureType> = { [Name in keyof Attributes<T>]: Attributes<T>[Name] extends FigureAttribute ? Name : never }[keyof Attributes<T>]
/** Names of the choices of a figure. */
export type ChoiceName<T extends FigureType> = { [Name in keyof Attributes<T>]: Attributes<T>[Name] extends FigureChoice ? Name : never }[keyof Attributes<T>]

export interface FigureState<T extends FigureType> {
  type: T
  /** Unique to this figure in this course. */
  key: string
  values: ValuesOf<T>
  /** The goal as the chapter wrote it; empty without one. */
  goal: string
  /** Whether the reader has changed anything. */
  touched: boolean
  set(patch: Partial<ValuesOf<T>>): void
  reset(): void
}

const kept = new Map<string, unknown>()

/** State that outlives the component: what the reader left is there when they scroll back. */
export function useKept<T>(key: string, start: T): [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => (kept.has(key) ? (kept.get(key) as T) : start))
  return [
    value,
    (next) => {
      kept.set(key, next)
      setValue(next)
    },
  ]
}

/** Forgets what readers left. For tests. */
export function forgetFigures(): void {
  kept.clear()
}

function startValues<T extends FigureType>(type: T, given: FigureProps['attributes']): ValuesOf<T> {
  const attributes: Readonly<Record<string, FigureAttribute | FigureChoice>> = figureKinds[type].attributes
  // Content was checked against the same table when it was compiled.
  return Object.fromEntries(Object.entries(attributes).map(([name, { default: own }]) => [name, given[name] ?? own])) as ValuesOf<T>
}

/** Values of one figure, starting from what the chapter gives. */
export function useFigure<T extends FigureType>(type: T, { id, attributes }: FigureProps): FigureState<T> {
  const key = `${type}/${id}/${JSON.stringify(attributes)}`
  const [changed, setChanged] = useKept<Partial<ValuesOf<T>> | null>(key, null)
  return {
    type,
    key,
    values: { ...startValues(type, attributes), ...changed },
    goal: String(attributes['goal'] ?? ''),
    touched: changed !== null,
    set: (patch) => setChanged({ ...changed, ...patch }),
    reset: () => setChanged(null),
  }
}
