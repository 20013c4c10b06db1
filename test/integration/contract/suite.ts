/** One suite for every carrier: whatever lies between window and core, these answers must come out the same. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LearningEvent, LearningFact } from '../../../exercises/progress/events.ts'
import { findPostgres } from '../../../main/services/postgres-lab/binaries.ts'
import type { ApiClient, ApiResult, CallInput, CallName, CallOutput } from '../../../main/api/index.ts'

export interface OpenedClient {
  client: ApiClient
  /** Sends a call that the client's types would refuse. */
  sendRaw(name: string, input: unknown): Promise<unknown>
  close(): Promise<void>
}

const postgres = findPostgres()
let counter = 0
/** A learning event with an id of its own; ids rise with the counter as UUIDv7 rise with time. */
export function event(fact: LearningFact, at = 1_764_000_000_000 + counter): LearningEvent {
  counter += 1
  return { id: `019a0000-0000-7000-8000-${counter.toString(16).padStart(12, '0')}`, at, fact }
}

export function describeContract(carrier: string, host: string, open: (dataDir: string) => Promise<OpenedClient>): void {
  describe(`contract over ${carrier}`, () => {
    let dataDir: string
    let opened: OpenedClient

    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'firedrill-contract-'))
      opened = await open(dataDir)
    })
    afterAll(async () => {
      await opened.close()
      await rm(dataDir, { recursive: true, force: true })
    })

    const value = async <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
      const result: ApiResult<CallOutput<N>> = await opened.client.call(name, input)
      if (!result.ok) throw new Error(`${name}: ${result.error.code}: ${result.error.message}`)
      return result.value
    }

    it('says which host it is and where the data lies', async () => {
      expect(await value('app.info', {})).toMatchObject({ host, dataDir })
    })

    it('refuses unknown calls and malformed input as values, with a sentence', async () => {
      expect(await opened.sendRaw('no.such.call', {})).toMatchObject({ ok: false, error: { code: 'unknown-call' } })
      expect(await opened.sendRaw('__proto__', {})).toMatchObject({ ok: false, error: { code: 'unknown-call' } })
      expect(await opened.sendRaw('library.chapter', { id: 7 })).toMatchObject({ ok: false, error: { code: 'bad-input' } })
      expect(await opened.sendRaw('library.chapter', { id: 'ch07', extra: true })).toMatchObject({ ok: false, error: { code: 'bad-input' } })
      expect(await opened.sendRaw('library.chapter', { id: 'ch99' })).toMatchObject({ ok: false, error: { code: 'not-found' } })
      expect(await opened.sendRaw('library.chapter', { id: '../../package' })).toMatchObject({ ok: false, error: { code: 'not-found' } })
    })

    it('serves the library, a chapter and an exercise', async () => {
      const index = await value('library.index', {})
      expect(index.chapters).toHaveLength(15)
      expect(index.chapters.find((chapter) => chapter.id === 'ch07')?.state).toBe('ready')
      const { chapter } = await value('library.chapter', { id: 'ch07' })
      expect(chapter.sections.length).toBeGreaterThan(10)
      const first = index.exercises[0]!
      const bundle = await value('library.exercise', { id: first.id })
      expect(bundle.exercise.title).toBe(first.title)
      const { exercise, datasetSql } = await value('library.exercise', { id: 'sql-right-index' })
      expect(exercise.kind).toBe('sql')
      expect(datasetSql).toContain('CREATE TABLE')
    })

    it('records events once, however often they are sent, and tells every window', async () => {
      const seen: number[] = []
      const stop = opened.client.on('progress.changed', (snapshot) => seen.push(snapshot.events))
      const read = event({ type: 'section.read', chapter: 'ch07', section: 'opening' })
      const first = await value('progress.record', { events: [read] })
      const again = await value('progress.record', { events: [read] })
      stop()
      expect(first).toMatchObject({ acknowledged: [read.id], durable: true })
      expect(again.acknowledged).toEqual([read.id])
      expect(again.snapshot.events).toBe(first.snapshot.events)
      expect(again.snapshot.chapters['ch07']?.sectionsRead).toEqual(['opening'])
      await expect.poll(() => seen).toContain(first.snapshot.events)
    })

    it('resets progress and takes the reset back', async () => {
      const reset = event({ type: 'progress.reset', scope: 'all' })
      const hidden = await value('progress.record', { events: [reset] })
      expect(hidden.snapshot.chapters).toEqual({})
      expect(hidden.snapshot.resets[0]?.id).toBe(reset.id)
      const back = await value('progress.record', { events: [event({ type: 'progress.resetUndone', reset: reset.id })] })
      expect(back.snapshot.chapters['ch07']?.sectionsRead).toEqual(['opening'])
    })

    it('gives back every checked answer with its grade, newest first, and hides them with a reset', async () => {
      const answer = (text: string, passed: boolean): LearningEvent => {
        const check = { id: 'rows', label: 'Rows', passed, points: 1, evidence: `saw ${text}` }
        return event({ type: 'exercise.graded', exercise: 'sql-right-index', version: 1, answer: text, grade: { score: passed ? 1 : 0, passed, checks: [check] }, finalScore: passed ? 0.9 : 0, skills: [] })
      }
      const [wrong, right] = [answer('SELECT 1', false), answer('SELECT 2', true)]
      await value('progress.record', { events: [wrong, right] })
      const { attempts } = await value('progress.attempts', { exercise: 'sql-right-index' })
      expect(attempts.map(({ id, answer: text, finalScore }) => ({ id, text, finalScore }))).toEqual([
        { id: right.id, text: 'SELECT 2', finalScore: 0.9 },
        { id: wrong.id, text: 'SELECT 1', finalScore: 0 },
      ])
      expect(attempts[0]?.grade.checks[0]?.evidence).toBe('saw SELECT 2')
      expect(await value('progress.attempts', { exercise: 'sql-n-plus-one' })).toEqual({ attempts: [] })
      const reset = event({ type: 'progress.reset', scope: 'exercise:sql-right-index' })
      await value('progress.record', { events: [reset] })
      expect(await value('progress.attempts', { exercise: 'sql-right-index' })).toEqual({ attempts: [] })
      await value('progress.record', { events: [event({ type: 'progress.resetUndone', reset: reset.id })] })
      expect((await value('progress.attempts', { exercise: 'sql-right-index' })).attempts).toHaveLength(2)
    })

    it('keeps drafts', async () => {
      expect(await value('draft.get', { key: 'answer:x' })).toEqual({ text: null })
      expect(await value('draft.set', { key: 'answer:x', text: "SELECT 'ü\u0000😀'" })).toEqual({ durable: true })
      expect(await value('draft.get', { key: 'answer:x' })).toEqual({ text: "SELECT 'ü\u0000😀'" })
    })

    it('exports progress and imports it twice without doubling it', async () => {
      const exported = await value('progress.export', {})
      expect(exported.events).toBeGreaterThan(0)
      const twice = await value('progress.import', { text: `${exported.text}\n{"broken": tru` })
      expect(twice.added).toBe(0)
      expect(twice.known).toBe(exported.events)
      expect(twice.rejected).toHaveLength(1)
    })

    it('keeps profiles apart, and removing one can be undone', async () => {
      const before = await value('profile.list', {})
      const { profile } = await value('profile.create', { name: 'Ada' })
      await value('profile.activate', { id: profile.id })
      expect((await value('progress.snapshot', {})).events).toBe(0)
      const { active } = await value('profile.remove', { id: profile.id })
      expect(active).toBe(before.active)
      expect((await value('profile.list', {})).profiles.map((entry) => entry.name)).not.toContain('Ada')
      await value('profile.restore', { id: profile.id })
      expect((await value('profile.list', {})).profiles.map((entry) => entry.name)).toContain('Ada')
      expect(await opened.sendRaw('profile.create', { name: '   ' })).toMatchObject({ ok: false, error: { code: 'bad-input' } })
      expect((await value('progress.snapshot', {})).events).toBeGreaterThan(0)
    })

    it('changes settings and refuses wrong ones', async () => {
      expect(await value('settings.set', { theme: 'dark', readingSize: 19 })).toMatchObject({ theme: 'dark', readingSize: 19 })
      expect(await value('settings.get', {})).toMatchObject({ theme: 'dark', readingSize: 19 })
      expect(await opened.sendRaw('settings.set', { readingSize: 99 })).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    })

    it('backs up and restores', async () => {
      const { backup } = await value('backup.create', {})
      const after = await value('progress.record', { events: [event({ type: 'section.read', chapter: 'ch07', section: 'after-backup' })] })
      expect(after.snapshot.chapters['ch07']?.sectionsRead).toContain('after-backup')
      const { setAside } = await value('backup.restore', { name: backup.name })
      expect((await value('progress.snapshot', {})).chapters['ch07']?.sectionsRead).not.toContain('after-backup')
      await value('backup.restore', { name: setAside.name })
      expect((await value('progress.snapshot', {})).chapters['ch07']?.sectionsRead).toContain('after-backup')
      expect(await opened.sendRaw('backup.restore', { name: '../firedrill.db' })).toMatchObject({ ok: false })
    })

    it.skipIf(!postgres.ok)('opens a PostgreSQL for this window, runs sessions side by side, and grades', async () => {
      expect(await value('postgres.available', {})).toEqual({ ok: true })
      const steps: string[] = []
      const stop = opened.client.on('postgres.starting', ({ step }) => steps.push(step))
      const { attempt, sessions } = await value('postgres.open', { exercise: 'pg-provoke-deadlock' })
      stop()
      expect(sessions.map((session) => session.name)).toEqual(['A', 'B'])
      await expect.poll(() => steps.at(-1)).toBe('ready')
      const first = await value('postgres.run', { attempt, session: 'A', sql: 'BEGIN; UPDATE accounts SET balance = balance + :more WHERE id = 1', parameters: { more: 5 } })
      expect(first).toMatchObject({ error: null, transaction: 'open' })
      const waiting = value('postgres.run', { attempt, session: 'B', sql: 'UPDATE accounts SET balance = 0 WHERE id = 1' })
      await expect.poll(async () => (await value('postgres.look', { attempt })).activity.find((one) => one.session === 'B')?.blockedBy).toEqual([sessions[0]?.backendPid])
      expect(await opened.client.call('postgres.run', { attempt, session: 'B', sql: 'SELECT 1' })).toMatchObject({ ok: false, error: { code: 'refused' } })
      await value('postgres.cancel', { attempt, session: 'B' })
      expect(await waiting).toMatchObject({ error: { sqlstate: '57014' } })
      expect((await value('postgres.tables', { attempt })).tables).toMatchObject([{ name: 'accounts', columns: [{ name: 'id', type: 'integer', primaryKey: true }, { name: 'owner' }, { name: 'balance' }] }])
      await value('postgres.reset', { attempt })
      expect(await value('postgres.run', { attempt, session: 'A', sql: 'SELECT sum(balance) FROM accounts' })).toMatchObject({ results: [{ rows: [[1000]] }], transaction: 'idle' })
      await value('postgres.close', { attempt })
      expect(await opened.client.call('postgres.look', { attempt })).toMatchObject({ ok: false, error: { code: 'not-found' } })
      const { referenceAnswer } = await value('library.exercise', { id: 'pg-provoke-deadlock' })
      expect(await value('postgres.grade', { exercise: 'pg-provoke-deadlock', answer: referenceAnswer })).toMatchObject({ grade: { passed: true } })
      expect(await opened.client.call('postgres.grade', { exercise: 'sql-last-item', answer: '' })).toMatchObject({ ok: false, error: { code: 'not-found' } })
    })

    it('reports a healthy store', async () => {
      expect(await value('storage.status', {})).toMatchObject({ state: 'ok', pending: 0 })
    })
  })
}
