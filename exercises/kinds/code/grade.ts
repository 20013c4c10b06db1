/** Judges an answer to a `code` exercise: compiles it, and runs each test in a sandbox of its own. */
import type { GradeCheck } from '../../core/grade.ts'
import { gradeFromChecks } from '../../core/grade.ts'
import { filesOfAnswer, isEmptyAnswer } from './answer-files.ts'
import type { CompiledModule, Compiler, Diagnostic, ImportablePackages } from './compile/compiler.ts'
import type { EngineStock } from './engine.ts'
import { noPackages } from './packages/packages.ts'
import type { CodePackages } from './packages/packages.ts'
import type { CodeReport, RunFailure, TestRun } from './report.ts'
import { runInSandbox } from './sandbox/sandbox.ts'
import type { SandboxResult, SandboxTask } from './sandbox/sandbox.ts'
import { describeRun } from './sandbox/test-run.ts'
import type { CodeCheck, CodeExercise } from './schema.ts'
import { testFileOf } from './source.ts'

export interface CodeSources {
  compiler: Compiler
  engines: EngineStock
  /** Packages that programs may import; asked for by the first exercise that names some. */
  packages: () => Promise<CodePackages>
  /** A steady clock in ms, for the backstop behind the limit of steps. It decides nothing else. */
  nowMs: () => number
  /** Told before each run of a test, so that a host can start its clock anew. */
  onStep?: (step: { test: string; seed: number }) => void
}

/** Seeds follow from the exercise alone: the same answer gets the same grade, byte for byte. */
const firstSeed = 1

/**
 * Grades `answer`. Endless native loops of the engine cannot be stopped from inside: run this in a thread that can be
 * ended, and see `failedReport`.
 */
export async function gradeCode(exercise: CodeExercise, answer: string, sources: CodeSources): Promise<CodeReport> {
  if (isEmptyAnswer(exercise, answer)) return failedReport(exercise, 'not-run', 'The answer holds no code. Write some and check again.')
  const packages = await importablePackages(exercise, sources)
  const { diagnostics, modules } = sources.compiler.compile(filesOfAnswer(exercise, answer), packages)
  if (diagnostics.length > 0) return notCompiled(exercise, diagnostics)
  const runs: TestRun[] = []
  const checks: GradeCheck[] = []
  for (const check of exercise.checks) {
    const run = await runCheck(exercise, check, { modules, packages }, sources)
    if (run !== null) runs.push(run)
    checks.push(gradeCheck(exercise, check, run))
  }
  return { grade: gradeFromChecks(checks), diagnostics, runs }
}

/** What the exercise's programs may import, for the compiler and the sandbox. */
export async function importablePackages({ packages }: CodeExercise, sources: Pick<CodeSources, 'packages'>): Promise<ImportablePackages> {
  return { available: packages.length === 0 ? noPackages : await sources.packages(), allowed: packages }
}

/** A report in which every check fails for one reason: nothing was run, or the answer had to be stopped. */
export function failedReport(exercise: CodeExercise, failure: NonNullable<GradeCheck['failure']>, evidence: string, line?: number): CodeReport {
  const checks = exercise.checks.map(({ id, label, points }) => ({ id, label, points, passed: false, evidence, failure, ...(line === undefined ? {} : { line }) }))
  return { grade: gradeFromChecks(checks), diagnostics: [], runs: [] }
}

function notCompiled(exercise: CodeExercise, diagnostics: Diagnostic[]): CodeReport {
  const [first] = diagnostics
  if (first === undefined) throw new Error('An answer without diagnostics was called not compiled.')
  const rest = diagnostics.length > 1 ? ` ${diagnostics.length - 1} more in the list of problems.` : ''
  const evidence = `${first.file}, line ${first.line}: ${first.message} (${first.code})${rest}`
  return { ...failedReport(exercise, 'syntax', evidence, first.line), diagnostics }
}

interface Program {
  modules: readonly CompiledModule[]
  packages: ImportablePackages
}

/** Runs a check's test with each of its seeds until one fails. Null when the test is missing. */
async function runCheck(exercise: CodeExercise, check: CodeCheck, program: Program, sources: CodeSources): Promise<TestRun | null> {
  const file = testFileOf(exercise, check.id)
  if (file === undefined) return null
  const testFile = sources.compiler.compileTest(file)
  const { limits } = exercise
  let seeds = 1
  let decisive: TestRun | null = null
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    sources.onStep?.({ test: check.id, seed })
    const result = await runOnce({ ...program, testFile, test: check.id, seed, limits }, sources)
    seeds = result.tests.find((test) => test.id === check.id)?.seeds ?? 1
    decisive = describeRun(check.id, seed, result, { modules: program.modules, testFile, testText: file.text, limits })
    if (!decisive.passed) break
  }
  return decisive
}

async function runOnce(task: SandboxTask, { engines, nowMs }: CodeSources): Promise<SandboxResult> {
  const result = runInSandbox(await engines.get(task.limits.memoryMb), task, nowMs)
  // Memory that WebAssembly took is never given back, and a broken engine stays broken.
  if (result.end.type === 'broken' || result.memoryFull) engines.discard()
  return result
}

function gradeCheck(exercise: CodeExercise, check: CodeCheck, run: TestRun | null): GradeCheck {
  const { id, label, points, hint } = check
  if (run === null) return { id, label, points, passed: false, evidence: 'The exercise has no test for this check.', failure: 'not-run' }
  const { failure } = run
  if (failure === undefined) return { id, label, points, passed: true, evidence: passedEvidence(run) }
  const written = exercise.files.find((file) => file.text === undefined && file.name === failure.place?.file)
  return {
    id,
    label,
    points,
    passed: false,
    evidence: failedEvidence(run, failure),
    failure: failure.failure,
    ...(hint === undefined ? {} : { hint }),
    ...(written === undefined || failure.place === undefined ? {} : { line: failure.place.line }),
  }
}

function passedEvidence(run: TestRun): string {
  const tried = run.schedule ?? run.seed - firstSeed + 1
  const seeds = tried > 1 ? `${tried} schedules, the last ` : ''
  if (run.endMs > 0) return `Passed: ${seeds}after ${run.endMs} ms of virtual time.`
  return tried > 1 ? `Passed: ${tried} schedules.` : 'Passed.'
}

function failedEvidence(run: TestRun, failure: RunFailure): string {
  const where = failure.place === undefined ? '' : ` (${failure.place.file}, line ${failure.place.line})`
  const quoted = failure.expression === undefined ? '' : ` In the test: ${failure.expression}`
  const tried = run.schedule ?? run.seed
  const seed = tried > firstSeed ? ` Schedule ${tried}.` : ''
  const at = run.endMs > 0 ? ` After ${run.endMs} ms of virtual time.` : ''
  return `${capitalised(failure.message)}${where}${/[.)]$/.test(failure.message) && where === '' ? '' : '.'}${at}${seed}${quoted}`
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
