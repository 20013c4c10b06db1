/** The window's way to a grade: compiled in one thread, run in another, with everything between them as data. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { gradeCode } from '../../../../../exercises/kinds/code/grade.ts'
import type { CodeExercise } from '../../../../../exercises/kinds/code/schema.ts'
import { loadExercise } from '../../../../../main/services/library/exercise-files.ts'
import { loadCodeSources, readLibraries } from '../../../../../main/services/grading/code-engine.ts'
import type { Clock, WorkerPort } from '../../session/port.ts'
import { CodeLab } from './code-lab.ts'
import { LanguageServer } from './language-server.ts'
import type { LanguageRequest, RunRequest, WorkerReply } from './protocol.ts'
import { serveRun } from './run-server.ts'

const content = join(import.meta.dirname, '..', '..', '..', '..', '..', 'content')
const exerciseOf = (id: string): CodeExercise => {
  const { exercise } = loadExercise(content, id)
  if (exercise?.kind !== 'code') throw new Error(`${id} is no code exercise.`)
  return exercise
}
const proofOf = (id: string, name: string): string => readFileSync(join(content, 'exercises', id, 'proof', `${name}.ts`), 'utf8')
const singleFlight = exerciseOf('code-single-flight')

let sources: Awaited<ReturnType<typeof loadCodeSources>>
beforeAll(async () => {
  sources = await loadCodeSources()
}, 60_000)

/** A worker in this thread; messages are cloned, as between threads. */
function portTo(serve: (message: unknown, reply: (message: WorkerReply) => void) => void): WorkerPort {
  let received: (message: unknown) => void = () => undefined
  let ended = false
  return {
    listen: (listener) => {
      received = listener
    },
    post: (message) =>
      serve(structuredClone(message), (reply) => {
        const copy = structuredClone(reply)
        queueMicrotask(() => {
          if (!ended) received(copy)
        })
      }),
    end: () => {
      ended = true
    },
  }
}

function languagePort(): WorkerPort {
  let server: LanguageServer | null = null
  return portTo((message, reply) => {
    server ??= new LanguageServer({ typescript: async () => (await import('typescript-6')).default, libraries: readLibraries, packages: sources.packages }, reply)
    void server.serve(message as LanguageRequest)
  })
}

const sandboxPort = (): WorkerPort =>
  portTo((message, reply) => void serveRun(message as RunRequest, { engines: Promise.resolve(sources.engines), packages: sources.packages, nowMs: sources.nowMs }, reply))

/** A clock whose limits pass only when told. */
function stoppedClock(): Clock & { pass(): void } {
  const waiting = new Set<() => void>()
  return {
    now: () => 0,
    later: (_, callback) => {
      waiting.add(callback)
      return () => waiting.delete(callback)
    },
    pass: () => {
      for (const callback of waiting) callback()
    },
  }
}

const labOf = (exercise: CodeExercise, parts: { language?: () => WorkerPort; sandbox?: () => WorkerPort; clock?: Clock } = {}): CodeLab =>
  new CodeLab({ exercise, spawnLanguage: parts.language ?? languagePort, spawnSandbox: parts.sandbox ?? sandboxPort, clock: parts.clock ?? stoppedClock() })

describe('CodeLab', () => {
  it.each([
    ['code-single-flight', 'reference'],
    ['code-single-flight', 'removes-any'],
    ['code-retry-full-jitter', 'reference'],
    ['code-lru-ttl', 'keeps-expired'],
  ])('reports on %s, %s, what Node reports', async (id, proof) => {
    const exercise = exerciseOf(id)
    const answer = proofOf(id, proof)
    const lab = labOf(exercise)
    const outcome = await lab.run(answer, 'all', () => undefined)
    expect(outcome).toMatchObject({ ok: true, report: JSON.parse(JSON.stringify(await gradeCode(exercise, answer, sources))) })
  })

  it.each([
    ['no code', '// later'],
    ['a type error', 'export class SingleFlight {}\nconst n: number = "x"'],
    ['an endless loop', 'export class SingleFlight {\n  run() {\n    for (;;);\n  }\n  forget() {}\n}'],
  ])('reports on %s what Node reports', async (_, answer) => {
    const outcome = await labOf(singleFlight).run(answer, 'all', () => undefined)
    expect(outcome).toMatchObject({ ok: true, report: JSON.parse(JSON.stringify(await gradeCode(singleFlight, answer, sources))) })
  })

  it('runs the tests that are shown alone', async () => {
    const outcome = await labOf(singleFlight).run(singleFlight.starter, 'shown', () => undefined)
    expect(outcome.ok && outcome.report.grade.checks.map((check) => check.id)).toEqual(['shares', 'separates-keys', 'forgets-results', 'shares-errors'])
  })

  it('tells how much of the compiler is there, and then answers', async () => {
    const lab = labOf(singleFlight)
    const states: string[] = []
    lab.listen(() => states.push(lab.compilerState.name === 'loading' ? `loading ${String(lab.compilerState.share)}` : lab.compilerState.name))
    await lab.prepare()
    expect(await lab.check(singleFlight.starter)).toEqual([])
    expect(states).toEqual(['loading 0.5', 'loading 0.6', 'ready'])
    expect(await lab.check('export const SingleFlight = 1')).toMatchObject(expect.arrayContaining([expect.objectContaining({ file: 'single-flight.test.ts' })]))
  })

  it('says that an answer ran out of time whose sandbox does not come back, and starts another', async () => {
    const clock = stoppedClock()
    let spawned = 0
    const hanging = (): WorkerPort => {
      spawned += 1
      if (spawned > 1) return sandboxPort()
      return portTo((message, reply) => {
        const { id } = message as RunRequest
        reply({ id, news: { type: 'step', test: 'shares', seed: 1 } })
        setTimeout(() => clock.pass())
      })
    }
    const lab = labOf(singleFlight, { sandbox: hanging, clock })
    const outcome = await lab.run(singleFlight.starter, 'all', () => undefined)
    expect(outcome).toMatchObject({ ok: true, report: { grade: { passed: false, checks: singleFlight.checks.map(() => ({ failure: 'time', evidence: expect.stringMatching(/while the test "shares" ran/) })) } } })
    expect((await lab.run(proofOf('code-single-flight', 'reference'), 'all', () => undefined)).ok).toBe(true)
    expect(spawned).toBe(2)
  })

  it('judges nothing when a worker cannot start', async () => {
    const dead = (): WorkerPort => ({ listen: (_, crashed) => queueMicrotask(() => crashed('no such file')), post: () => undefined, end: () => undefined })
    expect(await labOf(singleFlight, { language: dead }).run('x', 'all', () => undefined)).toEqual({ ok: false, message: 'The compiler did not answer: no such file.' })
    expect(await labOf(singleFlight, { sandbox: dead }).run(singleFlight.starter, 'all', () => undefined)).toEqual({ ok: false, message: 'The sandbox did not start: no such file.' })
  })

  it('loads the compiler again after a failure', async () => {
    let spawned = 0
    const lab = labOf(singleFlight, {
      language: () => {
        spawned += 1
        return spawned > 1 ? languagePort() : { listen: (_, crashed) => queueMicrotask(() => crashed('offline')), post: () => undefined, end: () => undefined }
      },
    })
    expect(await lab.check(singleFlight.starter)).toBeNull()
    await new Promise((resolve) => setTimeout(resolve))
    expect(lab.compilerState).toEqual({ name: 'failed' })
    await lab.prepare()
    expect(await lab.check(singleFlight.starter)).toEqual([])
    expect(lab.compilerState).toEqual({ name: 'ready' })
  })

  it('ends what is under way when it is closed', async () => {
    const lab = labOf(singleFlight, { sandbox: () => portTo(() => undefined) })
    const running = lab.run(singleFlight.starter, 'all', (step) => {
      if (step === 'Compiling') setTimeout(() => lab.close(), 50)
    })
    expect((await running).ok).toBe(false)
  })
})
