import { beforeEach, describe, expect, it } from 'vitest'
import type { RunReport } from '../../../../../exercises/kinds/postgres/session.ts'
import type { Activity } from '../../../../../exercises/kinds/postgres/wait-graph.ts'
import type { LabDriver } from './driver.ts'
import { PostgresLab } from './postgres-lab.ts'

const report = (more: Partial<RunReport> = {}): RunReport => ({ results: [], notices: [], error: null, transaction: 'idle', milliseconds: 1, ...more })
const activity = (session: string, pid: number, more: Partial<Activity> = {}): Activity => ({ session, pid, state: 'idle', query: '', transactionMs: null, waitsFor: null, blockedBy: [], locks: [], ...more })
const piece = (text: string) => ({ text, start: 0 })

/** A server that does what the test says. */
class FakeDriver implements LabDriver {
  opened: string[] = []
  answer: () => Promise<{ ok: true; value: RunReport } | { ok: false; message: string }> = async () => ({ ok: true, value: report() })
  seen: Activity[] = [activity('A', 1), activity('B', 2)]
  lost: string[] = []
  #sessions = { version: '18.4', sessions: [{ name: 'A', backendPid: 1, transaction: 'idle' as const }, { name: 'B', backendPid: 2, transaction: 'idle' as const }] }
  async open() {
    this.opened.push('open')
    return { ok: true as const, value: this.#sessions }
  }
  async reset() {
    this.opened.push('reset')
    return { ok: true as const, value: this.#sessions }
  }
  run = () => this.answer()
  cancel = (session: string): void => void this.opened.push(`cancel ${session}`)
  look = async () => ({ ok: true as const, value: { activity: this.seen, lost: this.lost } })
  tables = async () => ({ ok: true as const, value: [] })
  close = (): void => void this.opened.push('close')
}

describe('PostgresLab', () => {
  let driver: FakeDriver
  let lab: PostgresLab
  let now = 0
  const waiting: (() => void)[] = []
  const later = async (): Promise<void> => {
    for (const work of waiting.splice(0)) work()
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  }
  const session = (name: string) => lab.view.sessions.find((one) => one.name === name)

  beforeEach(async () => {
    now = 0
    waiting.length = 0
    driver = new FakeDriver()
    lab = new PostgresLab(driver, { nowMs: () => now, after: (_delay, work) => (waiting.push(work), () => void waiting.splice(waiting.indexOf(work), 1)) })
    await lab.open()
  })

  it('is ready with its sessions, untouched until something runs', async () => {
    expect(lab.view).toMatchObject({ phase: { name: 'ready', version: '18.4' }, isTouched: false })
    await lab.run('A', piece('BEGIN'))
    expect(lab.view.isTouched).toBe(true)
    await lab.reset()
    expect(lab.view.isTouched).toBe(false)
    expect(driver.opened).toEqual(['open', 'reset'])
  })

  it('shows for whom a session waits while it runs, and since when its transaction is open', async () => {
    let end = (): void => undefined
    driver.answer = () => new Promise((resolve) => (end = () => resolve({ ok: true, value: report() })))
    const running = lab.run('B', piece('UPDATE'))
    driver.seen = [activity('A', 1, { transactionMs: 400 }), activity('B', 2, { blockedBy: [1] })]
    now = 1_000
    await later()
    expect(session('B')).toMatchObject({ waitsFor: 'A', running: { sinceMs: 0 } })
    expect(session('A')?.transactionSinceMs).toBe(600)
    expect(await lab.run('B', piece('SELECT 1'))).toBeNull()
    driver.seen = [activity('A', 1), activity('B', 2)]
    end()
    await running
    expect(session('B')).toMatchObject({ waitsFor: null, running: null, last: { id: 1 } })
  })

  it('keeps a deadlock until one of its sessions goes on', async () => {
    const detail = 'Process 1 waits for ShareLock on transaction 9; blocked by process 2.\nProcess 2 waits for ShareLock on transaction 8; blocked by process 1.'
    driver.answer = async () => ({ ok: true, value: report({ transaction: 'failed', error: { sqlstate: '40P01', message: 'deadlock detected', detail, start: 0, end: 1 } }) })
    await lab.run('A', piece('UPDATE'))
    expect(lab.view.deadlock).toMatchObject({ victim: 'A', edges: [{ from: 'A', to: 'B' }, { from: 'B', to: 'A' }] })
    driver.answer = async () => ({ ok: true, value: report() })
    await lab.run('B', piece('COMMIT'))
    expect(lab.view.deadlock).toBeNull()
  })

  it('tells a session that is gone, and a server that is gone', async () => {
    driver.lost = ['A']
    await lab.run('B', piece('SELECT pg_terminate_backend(1)'))
    expect(session('A')?.transaction).toBe('lost')
    driver.answer = async () => ({ ok: false, message: 'The server has stopped.' })
    await lab.run('B', piece('SELECT 1'))
    expect(lab.view.phase).toEqual({ name: 'failed', message: 'The server has stopped.' })
    await lab.reset()
    expect(lab.view.phase.name).toBe('ready')
  })

  it('forgets what an earlier database answers, and shows nothing of what it asks for itself', async () => {
    let end = (): void => undefined
    driver.answer = () => new Promise((resolve) => (end = () => resolve({ ok: true, value: report({ transaction: 'open' }) })))
    const running = lab.run('A', piece('BEGIN'))
    await lab.reset()
    end()
    expect(await running).toBeNull()
    expect(session('A')).toMatchObject({ transaction: 'idle', last: null })
    driver.answer = async () => ({ ok: true, value: report() })
    await lab.ask('A', 'SHOW work_mem')
    expect(session('A')).toMatchObject({ last: null, running: null })
    expect(lab.view.isTouched).toBe(false)
  })
})
