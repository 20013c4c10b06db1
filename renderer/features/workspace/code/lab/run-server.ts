/** The sandbox as a server of requests. What runs here was compiled elsewhere; the judgement is the grader's own. */
import type { EngineStock } from '../../../../../exercises/kinds/code/engine.ts'
import { gradeCode } from '../../../../../exercises/kinds/code/grade.ts'
import type { CodePackages } from '../../../../../exercises/kinds/code/packages/packages.ts'
import type { RunRequest, WorkerReply } from './protocol.ts'
import { fromPlain } from './protocol.ts'

export interface RunSources {
  engines: Promise<EngineStock>
  packages(): Promise<CodePackages>
  nowMs(): number
}

/** Runs what a request asks for. Never rejects. */
export async function serveRun({ id, exercise, answer, compiled }: RunRequest, { engines, packages, nowMs }: RunSources, reply: (message: WorkerReply) => void): Promise<void> {
  const tests = new Map(compiled.tests.map((test) => [test.name, fromPlain(test)]))
  try {
    const report = await gradeCode(exercise, answer, {
      compiler: {
        compile: () => ({ diagnostics: compiled.diagnostics, modules: compiled.modules.map(fromPlain) }),
        compileTest: ({ name }) => {
          const test = tests.get(name)
          if (test === undefined) throw new Error(`The test file ${name} was not compiled.`)
          return test
        },
      },
      engines: await engines,
      packages,
      nowMs,
      onStep: (step) => reply({ id, news: { type: 'step', ...step } }),
    })
    reply({ id, ok: true, value: report })
  } catch (error) {
    reply({ id, ok: false, message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) })
  }
}
