/** The three cases of two transactions that can be stepped, as the application would write them. */

export type IsolationCase = 'lost-update' | 'non-repeatable-read' | 'write-skew'
export type Session = 'A' | 'B'

/** What a session has read so far, one number for each read. */
export type Memory = readonly number[]

export type Statement =
  | { does: 'read'; sql: string; keys: readonly string[]; of(values: readonly number[]): number; shows(found: number): string }
  /** `value` from what was read; null when the application decides against it. */
  | { does: 'write'; sql(value: number | null): string; key: string; value(memory: Memory): number | null; unless: string }
  | { does: 'commit'; sql: string }

export interface Case {
  table: string
  rows: Readonly<Record<string, number>>
  /** The rule that must hold, in words. */
  rule: string
  sessions: Readonly<Record<Session, readonly Statement[]>>
  /** Whether the rule is broken by this end: rows, what each has read, and who committed. */
  broken(end: { rows: Readonly<Record<string, number>>; memory: Readonly<Record<Session, Memory>>; committed: Readonly<Record<Session, boolean>> }): boolean
  ends(rows: Readonly<Record<string, number>>): string
}

const commit: Statement = { does: 'commit', sql: 'COMMIT' }
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

const readBalance: Statement = { does: 'read', sql: 'SELECT balance FROM accounts WHERE id = 1', keys: ['1'], of: total, shows: (found) => `balance = ${found}` }

function withdraw(amount: number): readonly Statement[] {
  return [
    readBalance,
    {
      does: 'write',
      key: '1',
      value: ([balance = 0]) => balance - amount,
      sql: (value) => `UPDATE accounts SET balance = ${value ?? `balance read − ${amount}`} WHERE id = 1`,
      unless: '',
    },
    commit,
  ]
}

function leaveCall(name: string): readonly Statement[] {
  return [
    { does: 'read', sql: 'SELECT count(*) FROM doctors WHERE on_call', keys: ['alice', 'bob'], of: total, shows: (found) => `count = ${found}` },
    { does: 'write', key: name, value: ([onCall = 0]) => (onCall >= 2 ? 0 : null), sql: () => `UPDATE doctors SET on_call = false WHERE name = '${name}'`, unless: 'not run: nobody else is on call' },
    commit,
  ]
}

export const isolationCases: Readonly<Record<IsolationCase, Case>> = {
  'lost-update': {
    table: 'accounts',
    rows: { '1': 100 },
    rule: 'The balance is 100 less every committed withdrawal (A takes 30, B takes 20).',
    sessions: { A: withdraw(30), B: withdraw(20) },
    broken: ({ rows, committed }) => rows['1'] !== 100 - (committed.A ? 30 : 0) - (committed.B ? 20 : 0),
    ends: (rows) => `balance = ${rows['1'] ?? 0}`,
  },
  'non-repeatable-read': {
    table: 'accounts',
    rows: { '1': 100 },
    rule: 'Both reads of A give the same balance.',
    sessions: {
      A: [readBalance, readBalance, commit],
      B: [{ does: 'write', key: '1', value: () => 60, sql: () => 'UPDATE accounts SET balance = 60 WHERE id = 1', unless: '' }, commit],
    },
    broken: ({ memory }) => memory.A.length === 2 && memory.A[0] !== memory.A[1],
    ends: (rows) => `balance = ${rows['1'] ?? 0}`,
  },
  'write-skew': {
    table: 'doctors',
    rows: { alice: 1, bob: 1 },
    rule: 'At least one doctor is on call.',
    sessions: { A: leaveCall('alice'), B: leaveCall('bob') },
    broken: ({ rows }) => total(Object.values(rows)) === 0,
    ends: (rows) => `on call: ${total(Object.values(rows))}`,
  },
}
