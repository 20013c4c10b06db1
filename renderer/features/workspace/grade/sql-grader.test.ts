import { describe, expect, it } from 'vitest'
import type { Clock, WorkerPort } from '../session/port.ts'
import type { GradeBundle, GradeReply, GradeRequest } from './sql-grader.ts'
import { SqlGrader } from './sql-grader.ts'

const bundle = {
  datasetSql: '',
  exercise: { limits: { timeMs: 5_000 }, checks: [{ id: 'a', label: 'A', points: 1 }] },
} as unknown as GradeBundle

function bench() {
  let timers: { at: number; callback: () => void }[] = []
  let now = 0
  const clock: Clock = {
    now: () => now,
    later: (delayMs, callback) => {
      const timer = { at: now + delayMs, callback }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
  }
  const advance = (ms: number): void => {
    now += ms
    for (const timer of timers.filter((one) => one.at <= now)) timer.callback()
  }
  const workers: { ended: boolean; send(reply: GradeReply): void; last(): GradeRequest }[] = []
  const spawn = (): WorkerPort => {
    let receive: (message: unknown) => void = () => undefined
    const requests: GradeRequest[] = []
    const worker = { ended: false, send: (reply: GradeReply) => receive(reply), last: () => requests.at(-1)! }
    workers.push(worker)
    return {
      post: (message) => {
        const request = message as GradeRequest
        requests.push(request)
        if (request.type === 'prepare') queueMicrotask(() => receive({ id: request.id, ok: true, grade: null }))
        else if (request.answer === 'right') queueMicrotask(() => receive({ id: request.id, ok: true, grade: { score: 1, passed: true, checks: [] } }))
        else if (request.answer === 'crash') queueMicrotask(() => receive({ id: request.id, ok: false, message: 'trap' }))
      },
      listen: (received) => {
        receive = received
      },
      end: () => {
        worker.ended = true
      },
    }
  }
  return { grader: new SqlGrader({ spawn, clock, bundle }), advance, workers }
}
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

describe('SqlGrader', () => {
  it('prepares once and grades with the same worker', async () => {
    const { grader, workers } = bench()
    await grader.prepare()
    expect(await grader.grade('right')).toMatchObject({ ok: true, grade: { passed: true } })
    expect(await grader.grade('right')).toMatchObject({ ok: true })
    expect(workers).toHaveLength(1)
  })

  it('ends an answer that does not end, calls it out of time, and starts a new worker', async () => {
    const { grader, workers, advance } = bench()
    const grading = grader.grade('endless')
    await turn()
    advance(4_000)
    const { id } = workers[0]!.last()
    workers[0]!.send({ id, step: true })
    advance(4_000)
    expect(workers[0]!.ended).toBe(false)
    advance(1_000)
    expect(await grading).toMatchObject({ ok: true, elapsedMs: 9_000, grade: { passed: false, checks: [{ id: 'a', failure: 'time' }] } })
    expect(workers[0]!.ended).toBe(true)
    expect(await grader.grade('right')).toMatchObject({ ok: true })
    expect(workers).toHaveLength(2)
  })

  it('tells a failure of the grader from a failing answer', async () => {
    const { grader } = bench()
    expect(await grader.grade('crash')).toEqual({ ok: false, message: 'trap' })
  })

  it('ends its worker when closed', async () => {
    const { grader, workers } = bench()
    const grading = grader.grade('endless')
    await turn()
    grader.close()
    expect(await grading).toMatchObject({ ok: false })
    expect(workers[0]!.ended).toBe(true)
  })
})
