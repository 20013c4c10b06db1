/** Plays statements of several sessions in a given order, and knows a session that waits from one that works. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { PlayedStep } from '../../../exercises/kinds/postgres/observations.ts'
import type { PostgresError, RunReport } from '../../../exercises/kinds/postgres/session.ts'
import type { PostgresParameters } from '../../../exercises/kinds/postgres/statements.ts'
import { lineAt, splitStatements } from '../../../exercises/kinds/postgres/statements.ts'
import { blockersOf } from './activity.ts'
import type { LabConnection } from './connection.ts'

const pollMs = 4

interface Player {
  name: string
  session: LabConnection
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
    this.#players = new Map([...sessions].map(([name, session]) => [name, { name, session, running: null }]))
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
    const step: PlayedStep = { session: name, sql, line, waitedFor: null, error: null, rows: [], count: null }
    this.steps.push(step)
    const running: NonNullable<Player['running']> = { step, ended: false, report: Promise.resolve() }
    running.report = player.session.run(sql, { maxRows: this.#maxRows, parameters }).then((report) => {
      note(step, report)
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
  const last = report.results.at(-1)
  step.error = report.error
  step.rows = last?.rows ?? []
  step.count = last?.count ?? null
}

export interface ClientPlay {
  name: string
  sql: string
  parameters: PostgresParameters
  retry: { sqlstates: readonly string[]; times: number }
}

/** Plays clients' statements in an order of turns; a turn of a client that waits or has ended is skipped. Returns who ended with an error. */
export async function playClients(stage: Stage, clients: readonly ClientPlay[], order: readonly number[]): Promise<string[]> {
  const states = clients.map((client) => ({ client, statements: splitStatements(client.sql), next: 0, retries: 0, last: null as PlayedStep | null, failed: null as PostgresError | null }))
  const turn = async (state: (typeof states)[number]): Promise<boolean> => {
    if (stage.isBusy(state.client.name) || state.failed !== null) return false
    const error = state.last?.error ?? null
    if (error !== null) {
      state.last = null
      await stage.play(state.client.name, 'ROLLBACK', error.start > 0 ? lineAt(state.client.sql, error.start) : 1)
      if (state.client.retry.sqlstates.includes(error.sqlstate) && state.retries < state.client.retry.times) {
        state.retries += 1
        state.next = 0
      } else state.failed = error
      return true
    }
    const statement = state.statements[state.next]
    if (statement === undefined) return false
    state.next += 1
    state.last = await stage.play(state.client.name, statement.text, lineAt(state.client.sql, statement.start), state.client.parameters)
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
  return states.flatMap((state) => (state.failed === null ? [] : [state.client.name]))
}
