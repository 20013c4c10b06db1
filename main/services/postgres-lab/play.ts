/** Plays statements of several sessions in a given order, and knows a session that waits from one that works. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ScheduleStep } from '../../../exercises/kinds/postgres/answer.ts'
import type { ClientAnswer } from '../../../exercises/kinds/postgres/client.ts'
import { ClientRun } from '../../../exercises/kinds/postgres/client.ts'
import type { PlayedStep } from '../../../exercises/kinds/postgres/observations.ts'
import type { RunReport } from '../../../exercises/kinds/postgres/session.ts'
import type { PostgresParameters } from '../../../exercises/kinds/postgres/statements.ts'
import { splitStatements } from '../../../exercises/kinds/postgres/statements.ts'
import { blockersOf } from './activity.ts'
import type { LabConnection } from './connection.ts'

const pollMs = 4

interface Player {
  name: string
  session: LabConnection
  /** Transactions that have ended: the number of the one that is open. */
  transactions: number
  /** The statement under way, until its end has been seen. */
  running: { step: PlayedStep; ended: boolean; report: Promise<void> } | null
}

/** A stage for some sessions. Each runs one statement at a time. */
export class Stage {
  readonly steps: PlayedStep[] = []
  readonly #players: Map<string, Player>
  readonly #administrator: LabConnection
  readonly #maxRows: number

  constructor(sessions: ReadonlyMap<string, LabConnection>, administrator: LabConnection, maxRows: number) {
    this.#players = new Map([...sessions].map(([name, session]) => [name, { name, session, transactions: 0, running: null }]))
    this.#administrator = administrator
    this.#maxRows = maxRows
  }

  isBusy(name: string): boolean {
    return this.#players.get(name)?.running?.ended === false
  }

  /** Sends a statement, and returns once it has ended or every session that still works waits for another. */
  async play(name: string, sql: string, line: number, parameters: PostgresParameters = {}): Promise<PlayedStep | null> {
    const player = this.#players.get(name)
    if (player === undefined || this.isBusy(name)) return null
    const step: PlayedStep = { session: name, sql, line, transaction: player.transactions, waitedFor: null, error: null, unfinished: false, columns: [], rows: [], count: null }
    this.steps.push(step)
    // A statement outside of a transaction is one of its own; BEGIN is the first of its transaction.
    const running: NonNullable<Player['running']> = { step, ended: false, report: Promise.resolve() }
    running.report = player.session.run(sql, { maxRows: this.#maxRows, parameters }).then((report) => {
      note(step, report)
      if (report.transaction === 'idle' || report.transaction === 'lost') player.transactions += 1
      running.ended = true
    })
    player.running = running
    await this.settle()
    return step
  }

  /** Waits until no session works: each has ended its statement or waits for another session. */
  async settle(): Promise<void> {
    for (;;) {
      const working = [...this.#players.values()].filter((player) => player.running !== null && !player.running.ended)
      for (const player of this.#players.values()) if (player.running?.ended === true) player.running = null
      if (working.length === 0) return
      await Promise.race([...working.map((player) => player.running?.report), sleep(pollMs)])
      const unfinished = working.filter((player) => player.running?.ended === false)
      if (unfinished.length < working.length) continue
      const blockers = await blockersOf(this.#administrator, unfinished.map((player) => player.session.backendPid))
      for (const player of unfinished) if (player.running !== null) player.running.step.waitedFor ??= this.#nameOf(blockers.get(player.session.backendPid)?.[0])
      const waiting = (player: Player): boolean => (blockers.get(player.session.backendPid)?.length ?? 0) > 0
      // A ring ends by itself: the server breaks a deadlock.
      if (unfinished.every(waiting) && !this.#isRing(unfinished, blockers)) return
    }
  }

  /** Writes down that a statement will not end: everybody else has, and it still waits. Returns its step. */
  giveUp(name: string): PlayedStep | null {
    const step = this.isBusy(name) ? (this.#players.get(name)?.running?.step ?? null) : null
    if (step !== null) step.unfinished = true
    return step
  }

  #nameOf(pid: number | undefined): string | null {
    if (pid === undefined) return null
    return [...this.#players.values()].find((player) => player.session.backendPid === pid)?.name ?? `process ${pid}`
  }

  /** True when some waiting session waits only for sessions that wait too. */
  #isRing(waiting: readonly Player[], blockers: ReadonlyMap<number, readonly number[]>): boolean {
    let left = new Set(waiting.map((player) => player.session.backendPid))
    for (;;) {
      const next = new Set([...left].filter((pid) => (blockers.get(pid) ?? []).some((blocker) => left.has(blocker))))
      if (next.size === left.size) return left.size > 0
      left = next
    }
  }
}

function note(step: PlayedStep, report: RunReport): void {
  if (step.unfinished) return
  const last = report.results.at(-1)
  step.error = report.error
  step.columns = last?.columns ?? []
  step.rows = last?.rows ?? []
  step.count = last?.count ?? null
}

/** A client as it is played: its items, and what is known of its walk through them. */
export interface ClientPlay {
  name: string
  answer: ClientAnswer
  parameters: PostgresParameters
}

/** Plays clients' statements in an order of turns; a turn of a client that waits or has ended is skipped. Returns who ended with an error. */
export async function playClients(stage: Stage, clients: readonly ClientPlay[], order: readonly number[]): Promise<string[]> {
  const states = clients.map(({ name, answer, parameters }) => ({ name, answer, run: new ClientRun(answer.items, parameters), retries: 0, last: null as PlayedStep | null, failed: false }))
  const turn = async (state: (typeof states)[number]): Promise<boolean> => {
    if (stage.isBusy(state.name) || state.failed) return false
    const { last } = state
    state.last = null
    if (last !== null) last.error ??= state.run.took(last)
    const error = last?.error ?? null
    if (error !== null) {
      await stage.play(state.name, 'ROLLBACK', last?.line ?? 1)
      const { sqlstates, times } = state.answer.retry
      if (sqlstates.includes(error.sqlstate) && state.retries < times) {
        state.retries += 1
        state.run.restart()
      } else state.failed = true
      return true
    }
    const step = state.run.next()
    if (step === null) return false
    if (step.kind === 'run') state.last = await stage.play(state.name, step.sql, step.line, step.parameters)
    return true
  }
  for (const index of order) {
    const state = states[index]
    if (state !== undefined) await turn(state)
  }
  for (let moved = true; moved; ) {
    moved = false
    for (const state of states) moved = (await turn(state)) || moved
    await stage.settle()
  }
  const stuck = states.filter((state) => stage.isBusy(state.name))
  for (const state of stuck) {
    const step = stage.giveUp(state.name)
    if (step !== null) step.error = { sqlstate: '57014', message: `still waits for ${step.waitedFor ?? 'another session'}, which has nothing left to do`, start: 0, end: 0 }
  }
  return states.flatMap((state) => (state.failed || stuck.includes(state) ? [state.name] : []))
}

/** Plays steps from top to bottom. Those of a session that waits come after its statement has ended, as in a terminal. */
export async function playSchedule(stage: Stage, names: readonly string[], steps: readonly ScheduleStep[]): Promise<PlayedStep[]> {
  const queues = new Map<string, { sql: string; line: number }[]>(names.map((name) => [name, []]))
  const drain = async (): Promise<void> => {
    for (let moved = true; moved; ) {
      moved = false
      for (const [name, queue] of queues) {
        const next = stage.isBusy(name) ? undefined : queue.shift()
        if (next === undefined) continue
        moved = true
        await stage.play(name, next.sql, next.line)
      }
    }
  }
  for (const step of steps) {
    for (const statement of splitStatements(step.sql)) queues.get(step.session)?.push({ sql: statement.text, line: step.line })
    await drain()
  }
  for (const name of names) stage.giveUp(name)
  return stage.steps
}
