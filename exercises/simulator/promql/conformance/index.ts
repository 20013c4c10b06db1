/** Runs the test files of the Prometheus project against this evaluator. */
export { runTestFile } from './run.ts'
export type { EvalReport, FileReport, SkipReason } from './run.ts'
