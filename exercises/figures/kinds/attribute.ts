/** What a figure takes from a chapter, and what a chapter may ask of it. */

/** A number that a figure starts with. Every one has a default, so that a chapter may leave it out. */
export interface FigureAttribute {
  min: number
  max: number
  default: number
  /** The label of its slider, and one line for authors. */
  meaning: string
  /** Shown after the number; empty where the meaning says it. */
  unit: string
  /** Values lie this far apart. */
  step: number
  /** Whether the slider gives each power of ten the same room. */
  log: boolean
}

/** A word that a figure starts with, out of a few. */
export interface FigureChoice<T extends string = string> {
  choices: readonly T[]
  default: NoInfer<T>
  meaning: string
  /** What the choices are called in the window. */
  words: Readonly<Record<T, string>>
}

/** A figure that a chapter may show, in one line, the start values it takes and the results that a goal may name. */
export interface FigureKind {
  shows: string
  attributes: Readonly<Record<string, FigureAttribute | FigureChoice>>
  readings: Readonly<Record<string, string>>
}

/** A number on a slider. `[min, max, default]`. */
export function number(meaning: string, unit: string, [min, max, start]: readonly [number, number, number], { step = 1, log = false }: { step?: number; log?: boolean } = {}): FigureAttribute {
  return { min, max, default: start, meaning, unit, step, log }
}

/** One of a few words, with what each is called in the window. The first is the default. */
export function choice<const T extends string>(meaning: string, words: Readonly<Record<T, string>>, start: NoInfer<T>): FigureChoice<T> {
  return { choices: Object.keys(words) as T[], default: start, meaning, words }
}
