/** What an author writes for a `code` exercise, and what the grader reads. Files: `content/exercises/<id>/`. */
import { z } from 'zod'
import { checkFields, exerciseFields } from '../../core/exercise-base.ts'
import { packageNames } from './packages/packages.ts'

/** Text inline, or the name of a file beside exercise.yaml as `file:types.ts` (resolved at load). */
const fileText = z.string().min(1)
/** All files of an exercise lie in one folder, as the program sees them. */
const fileName = z.string().regex(/^[a-z0-9][a-z0-9.-]*\.ts$/)

/** A criterion of the grade: one test of the same id, in one of the test files. */
export const codeCheckSchema = z.strictObject(checkFields)
export type CodeCheck = z.infer<typeof codeCheckSchema>

export const codeLimitsSchema = z.strictObject({
  /**
   * For each test and seed. A step is 10,000 jumps and calls (a turn of a loop makes one or two), counted by the engine:
   * the same on every machine.
   */
  steps: z.number().int().min(1).max(5_000).default(150),
  /** Real time for each test and seed, in ms: the backstop behind `steps`. */
  timeMs: z.number().int().min(100).max(10_000).default(4_000),
  memoryMb: z.number().int().min(4).max(256).default(32),
  /** How far virtual time may go, in ms. One day unless said otherwise. */
  virtualMs: z.number().int().min(1).default(86_400_000),
  /** How many timers may fire. */
  timers: z.number().int().min(1).default(20_000),
})

export const codeExerciseSchema = z.strictObject({
  ...exerciseFields,
  kind: z.literal('code'),
  /**
   * Files of the program, in the order of the tabs. Those with a text are given, the others are the learner's to write:
   * together they are the answer, and begin as `starter`. With several, see `answer-files.ts`.
   */
  files: z.array(z.strictObject({ name: fileName, text: fileText.optional() })).min(1),
  /** Packages that the program and the tests may import, beside the files. */
  packages: z.array(z.enum(packageNames)).default([]),
  /** Tests, in TypeScript with `firedrill/test`. Those of a hidden file are not shown; what they found is. */
  tests: z.array(z.strictObject({ name: fileName, text: fileText, hidden: z.boolean().default(false) })).min(1),
  checks: z.array(codeCheckSchema).min(1),
  limits: codeLimitsSchema.prefault({}),
})
export type CodeExercise = z.infer<typeof codeExerciseSchema>
/** As authors write it: defaults may be left out. */
export type CodeExerciseSource = z.input<typeof codeExerciseSchema>
