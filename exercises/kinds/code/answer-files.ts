/**
 * An answer is one text. With one file to write it is that file; with several, each begins with a line `//// name.ts`
 * and ends where the next one begins.
 */
import type { SourceFile } from './compile/compiler.ts'
import type { CodeExercise } from './schema.ts'

const heading = (name: string): string => `//// ${name}`

/** Names of the files that the learner writes, in order. */
export function writtenFiles(exercise: CodeExercise): string[] {
  return exercise.files.flatMap(({ name, text }) => (text === undefined ? [name] : []))
}

/** All files of the program with the answer's text in those that the learner writes. One that it leaves out is empty. */
export function filesOfAnswer(exercise: CodeExercise, answer: string): SourceFile[] {
  const parts = splitAnswer(exercise, answer)
  return exercise.files.map(({ name, text }) => ({ name, text: text ?? parts.get(name) ?? '' }))
}

/** The answer that is made of these texts; the reverse of `splitAnswer`. */
export function joinAnswer(exercise: CodeExercise, texts: ReadonlyMap<string, string>): string {
  const [only, ...others] = writtenFiles(exercise)
  if (only !== undefined && others.length === 0) return texts.get(only) ?? ''
  return writtenFiles(exercise)
    .map((name) => `${heading(name)}\n${texts.get(name) ?? ''}`)
    .join('\n')
}

/** Text of each file that the learner writes. */
export function splitAnswer(exercise: CodeExercise, answer: string): Map<string, string> {
  const written = writtenFiles(exercise)
  const [only, ...others] = written
  if (only !== undefined && others.length === 0) return new Map([[only, answer]])
  const names = new Map(written.map((name) => [heading(name), name]))
  const parts = new Map<string, string[]>()
  let current: string[] | null = null
  for (const line of answer.split('\n')) {
    const name = names.get(line.trimEnd())
    if (name !== undefined) {
      current = []
      parts.set(name, current)
    } else current?.push(line)
  }
  return new Map([...parts].map(([name, lines]) => [name, lines.join('\n')]))
}

/** True when the answer holds nothing but spaces and comments. */
export function isEmptyAnswer(exercise: CodeExercise, answer: string): boolean {
  return [...splitAnswer(exercise, answer).values()].every((text) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').trim() === '')
}
