import { describe, expect, it } from 'vitest'
import type { StatementResult } from '../../../../exercises/kinds/sql/engine.ts'
import { entriesOf, journalText, parseJournal, settledEntries } from './journal.ts'
import type { LabState, Replayed } from './lab-options.ts'
import { SqlLab } from './lab.ts'
import type { Clock, WorkerPort } from './port.ts'
import type { LabFailure, LabReply, LabRequest } from './protocol.ts'

const result = (sql: string, rest: Partial<StatementResult> = {}): StatementResult => ({
  sql, start: 0, columns: [], rows: [], truncated: false, changes: 0, ...rest,
})

/** A clock that moves only when told. */
function fakeClock(): Clock & { advance(ms: number): void } {
  let now = 0
  let timers: { at: number; callback: () => void }[] = []
  return {
    now: () => now,
    later: (delayMs, callback) => {
      const timer = { at: now + delayMs, callback }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance: (ms) => {
      now += ms
      const due = timers.filter((timer) => timer.at <= now)
      timers = timers.filter((timer) => timer.at > now)
      for (const timer of due) timer.callback()
    },
  }
}

interface FakeWorker {
  requests: (LabRequest & { id: number })[]
  ended: boolean
  crash(why: string): void
}

/** Workers that answer at once, except to SQL with `endless` in it, and fail on SQL with `wrong`. */
function laboratory({ openFails = false, journal = [] as string[] } = {}) {
  const workers: FakeWorker[] = []
  const states: LabState[] = []
  const clock = fakeClock()
  const saved: Uint8Array[] = []
  const kept: string[][] = []
  const replays: Replayed[] = []
  const spawn = (): WorkerPort => {
    let receive: (message: unknown) => void = () => undefined
    let crashed: (why: string) => void = () => undefined
    const worker: FakeWorker = { requests: [], ended: false, crash: (why) => crashed(why) }
    workers.push(worker)
    const answer = (request: LabRequest & { id: number }): LabReply | null => {
      const { id } = request
      if (request.type === 'open' && openFails) {
        return { id, ok: false, error: { kind: 'wrong', message: 'no such function: shuffle', start: 0, end: 1, before: [] } }
      }
      if (request.type === 'open') return { id, ok: true, value: { image: request.image ? null : Uint8Array.of(7), builtMs: 1 } }
      if (request.type === 'schema' || request.type === 'plan') return { id, ok: true, value: [] }
      if (request.sql.includes('endless')) return null
      if (request.sql.includes('wrong')) {
        const error: LabFailure = { kind: 'wrong', message: 'no such table', start: 0, end: 5, before: [result('INSERT before')] }
        return { id, ok: false, error }
      }
      return { id, ok: true, value: [result(request.sql, request.sql.startsWith('SELECT') ? { columns: ['x'] } : { changes: 1 })] }
    }
    return {
      post: (message) => {
        const request = message as LabRequest & { id: number }
        worker.requests.push(request)
        const reply = answer(request)
        if (reply) queueMicrotask(() => receive(reply))
      },
      listen: (received, onCrash) => {
        receive = received
        crashed = onCrash
      },
      end: () => {
        worker.ended = true
      },
    }
  }
  const lab = new SqlLab({
    spawn,
    clock,
    source: { engine: 'sqljs', datasetSql: '', setup: null, seed: 1, memoryMb: 64 },
    timeMs: 5_000,
    maxRows: 10,
    parameters: {},
    journal: { entries: journal.map((sql) => ({ sql })), keep: (entries) => kept.push(entries.map(({ sql }) => sql)) },
    onReplayed: (replayed) => replays.push(replayed),
    plannedFirst: ['SELECT work'],
    images: { load: () => Promise.resolve(null), save: (image) => saved.push(image) },
    onState: (state) => states.push(state),
  })
  return { lab, workers, states, clock, saved, kept, replays }
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
const sqlSeen = (worker: FakeWorker | undefined): string[] => (worker?.requests ?? []).flatMap((request) => ('sql' in request ? [request.sql] : []))

describe('SqlLab', () => {
  it('builds once, keeps the image, and runs', async () => {
    const { lab, states, saved } = laboratory()
    await lab.open()
    expect(await lab.run('SELECT 1')).toMatchObject({ state: 'done' })
    expect(saved).toHaveLength(1)
    expect(states.map((state) => state.name)).toEqual(['opening', 'ready', 'running', 'ready'])
  })

  it('ends an endless query at its limit, replays finished writes only, and goes on', async () => {
    const { lab, workers, clock } = laboratory()
    await lab.open()
    await lab.run('INSERT one')
    await lab.run('SELECT two')
    const endless = lab.run('INSERT endless')
    await turn()
    clock.advance(4_999)
    expect(workers[0]?.ended).toBe(false)
    clock.advance(1)
    expect(await endless).toEqual({ state: 'stopped', by: 'limit', elapsedMs: 5_000, kept: 1 })
    expect(workers[0]?.ended).toBe(true)
    expect(await lab.run('SELECT three')).toMatchObject({ state: 'done' })
    expect(workers[1]?.requests[0]).toMatchObject({ type: 'open', image: Uint8Array.of(7) })
    expect(sqlSeen(workers[1])).toEqual(['INSERT one', 'SELECT three'])
  })

  it('stops when asked, and says who stopped it', async () => {
    const { lab } = laboratory()
    await lab.open()
    expect(lab.stop()).toBe(false)
    const endless = lab.run('endless')
    await turn()
    expect(lab.stop()).toBe(true)
    expect(await endless).toMatchObject({ state: 'stopped', by: 'person' })
  })

  it('survives a crashed worker', async () => {
    const { lab, workers } = laboratory()
    await lab.open()
    const running = lab.run('endless')
    await turn()
    workers[0]?.crash('out of memory')
    expect(await running).toMatchObject({ state: 'stopped', by: 'crash' })
    expect(await lab.run('SELECT 1')).toMatchObject({ state: 'done' })
  })

  it('keeps the statements before a failing one', async () => {
    const { lab, workers } = laboratory()
    await lab.open()
    expect(await lab.run('INSERT before; wrong')).toMatchObject({ state: 'failed', failure: { message: 'no such table' } })
    const endless = lab.run('endless')
    await turn()
    lab.stop()
    await endless
    await lab.schema()
    expect(sqlSeen(workers[1])).toEqual(['INSERT before'])
  })

  it('starts afresh on reset, also in the middle of a query', async () => {
    const { lab, workers } = laboratory()
    await lab.open()
    await lab.run('INSERT one')
    const endless = lab.run('endless')
    await turn()
    const reset = lab.reset()
    expect(await endless).toMatchObject({ state: 'stopped', by: 'person' })
    await reset
    await lab.schema()
    expect(sqlSeen(workers.at(-1))).toEqual([])
  })

  it('tells every finished write, and that a reset forgot them', async () => {
    const { lab, kept } = laboratory()
    await lab.open()
    await lab.run('INSERT one')
    await lab.run('SELECT two')
    await lab.run('INSERT before; wrong')
    await lab.reset()
    expect(kept).toEqual([['INSERT one'], ['INSERT one', 'INSERT before'], []])
  })

  it('makes the writes of an earlier visit again, after reading the plans as given', async () => {
    const { lab, workers, replays, states } = laboratory({ journal: ['INSERT one', 'INSERT two'] })
    await lab.open()
    expect(sqlSeen(workers[0])).toEqual(['SELECT work', 'INSERT one', 'INSERT two'])
    expect(lab.planAsGiven('SELECT work')).toEqual([])
    expect(replays).toEqual([{ made: 2, lost: [] }])
    expect(states.map((state) => state.name)).toEqual(['opening', 'restoring', 'ready'])
    // Within one visit, a restored worker is told where the query was stopped.
    const endless = lab.run('endless')
    await turn()
    lab.stop()
    await endless
    await lab.schema()
    expect(replays).toHaveLength(1)
  })

  it('goes on without writes that no longer work, or take too long, and says which', async () => {
    const wrong = laboratory({ journal: ['INSERT one', 'INSERT wrong', 'INSERT three'] })
    await wrong.lab.open()
    expect(sqlSeen(wrong.workers[1])).toEqual(['SELECT work', 'INSERT one'])
    expect(wrong.replays).toEqual([{ made: 1, lost: ['INSERT wrong', 'INSERT three'] }])
    expect(wrong.kept).toEqual([['INSERT one']])

    const endless = laboratory({ journal: ['INSERT endless'] })
    const opening = endless.lab.open()
    await turn()
    endless.clock.advance(20_000)
    await opening
    expect(endless.replays).toEqual([{ made: 0, lost: ['INSERT endless'] }])
    expect(await endless.lab.run('SELECT 1')).toMatchObject({ state: 'done' })
  })

  it('fails to a state, not to an exception, when the data cannot be built', async () => {
    const { lab, states, workers } = laboratory({ openFails: true })
    await lab.open()
    expect(states.at(-1)).toEqual({ name: 'failed', message: 'no such function: shuffle' })
    expect(workers[0]?.ended).toBe(true)
    expect(await lab.run('SELECT 1')).toMatchObject({ state: 'stopped' })
  })

  it('ends its worker when closed and says nothing more', async () => {
    const { lab, states, workers } = laboratory()
    await lab.open()
    const running = lab.run('endless')
    await turn()
    const told = states.length
    lab.close()
    await running
    await turn()
    expect(workers.every((worker) => worker.ended)).toBe(true)
    expect(states).toHaveLength(told)
  })
})

describe('entriesOf', () => {
  it('keeps writes and leaves reads', () => {
    const kept = entriesOf([
      result('SELECT 1', { columns: ['1'] }),
      result('INSERT INTO t VALUES (1)', { changes: 1 }),
      result('CREATE INDEX i ON t (a)'),
      result('WITH x AS (SELECT 1) SELECT * FROM x', { columns: ['1'] }),
      result('-- note\nSELECT 1 WHERE 0'),
      result('INSERT INTO t VALUES (2) RETURNING a', { columns: ['a'], changes: 1 }),
    ])
    expect(kept.map((entry) => entry.sql)).toEqual(['INSERT INTO t VALUES (1)', 'CREATE INDEX i ON t (a)', 'INSERT INTO t VALUES (2) RETURNING a'])
  })
})

describe('settledEntries', () => {
  const settled = (...statements: string[]): number => settledEntries(statements.map((sql) => ({ sql }))).length
  it.each([
    [['INSERT', 'UPDATE t SET a = 1'], 2],
    [['CREATE TABLE t (a)', 'BEGIN', 'INSERT INTO t VALUES (1)'], 1],
    [['BEGIN IMMEDIATE', 'INSERT INTO t VALUES (1)', 'COMMIT'], 3],
    [['BEGIN', 'INSERT INTO t VALUES (1)', 'ROLLBACK', 'DELETE FROM t'], 4],
    [['BEGIN', 'SAVEPOINT a', 'ROLLBACK TO a', 'RELEASE a', 'DELETE FROM t'], 0],
    [['SAVEPOINT a', 'SAVEPOINT b', 'RELEASE b'], 0],
    [['SAVEPOINT a', 'SAVEPOINT b', 'RELEASE SAVEPOINT A'], 3],
    [['BEGIN; INSERT INTO t VALUES (1); END'], 1],
    [['CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t; END'], 1],
  ])('%j: %i', (statements, expected) => expect(settled(...statements)).toBe(expected))
})

describe('the kept journal', () => {
  const read = (...statements: string[]) => parseJournal(journalText(statements.map((sql) => ({ sql }))))
  it('comes back as it was', () => {
    expect(read('CREATE INDEX i ON t (a)', "INSERT INTO t VALUES ('x')")).toEqual({ made: 2, statements: ['CREATE INDEX i ON t (a)', "INSERT INTO t VALUES ('x')"] })
  })
  it('stays within its limits, at a point where nothing is open, and says how many there were', () => {
    expect(read(...Array.from({ length: 300 }, () => 'DELETE FROM t'))).toMatchObject({ made: 300, statements: { length: 200 } })
    expect(read('DELETE FROM t', 'BEGIN', `INSERT INTO t VALUES ('${'x'.repeat(100_000)}')`, 'COMMIT')).toEqual({ made: 4, statements: ['DELETE FROM t'] })
  })
  it.each([null, '', '{', '[]', '{"made":-1,"statements":[]}'])('damaged is empty: %s', (text) => expect(parseJournal(text)).toEqual({ made: 0, statements: [] }))
})
