/** The sandbox, in its own thread so that it can be ended. What runs here was compiled elsewhere; the judgement is the grader's own. */
import { gradeCode } from '../../../../../exercises/kinds/code/grade.ts'
import type { CodeReport } from '../../../../../exercises/kinds/code/report.ts'
import { loadPackages } from './load-packages.ts'
import { loadSandbox } from './load-sandbox.ts'
import type { RunRequest, WorkerReply } from './protocol.ts'
import { fromPlain } from './protocol.ts'

declare const self: DedicatedWorkerGlobalScope

const engines = loadSandbox()
const reply = (message: WorkerReply): void => self.postMessage(message)

async function run({ id, exercise, answer, compiled }: RunRequest): Promise<CodeReport> {
  const tests = new Map(compiled.tests.map((test) => [test.name, fromPlain(test)]))
  return gradeCode(exercise, answer, {
    compiler: {
      compile: () => ({ diagnostics: compiled.diagnostics, modules: compiled.modules.map(fromPlain) }),
      compileTest: ({ name }) => {
        const test = tests.get(name)
        if (test === undefined) throw new Error(`The test file ${name} was not compiled.`)
        return test
      },
    },
    engines: await engines,
    packages: loadPackages,
    nowMs: () => performance.now(),
    onStep: (step) => reply({ id, news: { type: 'step', ...step } }),
  })
}

self.addEventListener('message', ({ data }: MessageEvent<RunRequest>) => {
  run(data).then(
    (value) => reply({ id: data.id, ok: true, value }),
    (error: unknown) => reply({ id: data.id, ok: false, message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }),
  )
})
