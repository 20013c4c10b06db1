/** How the files of a `postgres` exercise become one definition, and which of its names must agree. */
import { inlineBase } from '../../core/exercise-base.ts'
import type { ExerciseKind, InlineFile, NameFault } from '../../core/exercise-base.ts'
import type { PostgresCheck, PostgresExercise } from './schema.ts'
import { postgresExerciseSchema } from './schema.ts'

/** What the registry of kinds asks of a kind. */
export const postgresKind: ExerciseKind<typeof postgresExerciseSchema> = {
  schema: postgresExerciseSchema,
  inlineFiles,
  nameFaults,
  hollowAnswers: ['-- nothing\n/* at all */'],
  // The setup makes its own tables.
  datasetOf: () => null,
}

function inlineFiles(exercise: PostgresExercise, inline: InlineFile): PostgresExercise {
  return {
    ...inlineBase(exercise, inline),
    setup: inline(exercise.setup, ['setup']),
    sessions: exercise.sessions.map((session, index) => ({ ...session, starter: inline(session.starter, ['sessions', index, 'starter']) })),
    workload: exercise.workload.map((query, index) => ({ ...query, sql: inline(query.sql, ['workload', index, 'sql']) })),
    demonstration: exercise.demonstration.map((step, index) => ({ ...step, sql: inline(step.sql, ['demonstration', index, 'sql']) })),
    checks: exercise.checks.map((check, index) => inlineCheck(check, inline, ['checks', index])),
  }
}

/** Fields of checks that hold SQL. */
const sqlFields = ['query', 'expect', 'holder', 'steps'] as const

function inlineCheck(check: PostgresCheck, inline: InlineFile, path: PropertyKey[]): PostgresCheck {
  // The expected value of a setting is a word, not SQL; no word begins with `file:`, so it may take the same way.
  const held: Readonly<Record<string, unknown>> = check
  const texts = sqlFields.flatMap((field) => {
    const text = held[field]
    return typeof text === 'string' ? [[field, inline(text, [...path, field])] as const] : []
  })
  return { ...check, ...Object.fromEntries(texts) }
}

/** Which checks can look at an answer of a mode. */
const modesOfCheck: Readonly<Record<PostgresCheck['type'], readonly PostgresExercise['mode'][]>> = {
  rows: ['query', 'script'],
  plan: ['query', 'script'],
  settings: ['query', 'script'],
  probe: ['query', 'script'],
  sessions: ['query', 'script'],
  locks: ['query', 'script'],
  interleavings: ['client'],
  concurrency: ['client'],
  replica: ['client'],
  events: ['schedule'],
  statements: ['query', 'script', 'client', 'schedule'],
}
const severalSessions = new Set<PostgresCheck['type']>(['locks', 'interleavings', 'concurrency', 'events', 'probe', 'sessions', 'replica'])

function nameFaults(exercise: PostgresExercise): NameFault[] {
  const sessions = new Set(exercise.sessions.map((session) => session.name))
  const names = [...sessions].join(', ')
  const steps = exercise.demonstration.flatMap((step, index) =>
    sessions.has(step.session) ? [] : [{ path: ['demonstration', index, 'session'], rule: 'exercise.session', message: `There is no session ${step.session}; there are ${names}.` }],
  )
  const twice = exercise.sessions.length === sessions.size ? [] : [{ path: ['sessions'], rule: 'id.duplicate', message: 'Two sessions have the same name.' }]
  const strays = exercise.sessions.flatMap((session, index) =>
    session.on === 'standby' && exercise.server.standby === undefined ? [{ path: ['sessions', index, 'on'], rule: 'exercise.server', message: 'There is no standby: say how late it is under `server`.' }] : [],
  )
  return [...twice, ...steps, ...strays, ...tierFaults(exercise), ...exercise.checks.flatMap((check, index) => checkFaults(exercise, check, index, sessions))]
}

function tierFaults(exercise: PostgresExercise): NameFault[] {
  if (exercise.tier === 'server') return []
  const check = exercise.checks.findIndex(({ type }) => severalSessions.has(type))
  if (check !== -1) return [{ path: ['checks', check, 'type'], rule: 'exercise.tier', message: `A check of type ${exercise.checks[check]?.type ?? ''} needs several sessions: write \`tier: server\`.` }]
  const { server, background } = exercise
  if (background.length > 0 || server.autovacuum || server.connections !== undefined || server.standby !== undefined) {
    return [{ path: [background.length > 0 ? 'background' : 'server'], rule: 'exercise.tier', message: 'This needs a server: write `tier: server`.' }]
  }
  return exercise.sessions.length === 1 ? [] : [{ path: ['sessions'], rule: 'exercise.tier', message: 'The tier "single" has one session: write `tier: server` for more.' }]
}

function checkFaults(exercise: PostgresExercise, check: PostgresCheck, index: number, sessions: ReadonlySet<string>): NameFault[] {
  const path = ['checks', index]
  if (!modesOfCheck[check.type].includes(exercise.mode)) {
    return [{ path: [...path, 'type'], rule: 'exercise.check', message: `A check of type ${check.type} cannot look at an answer of mode ${exercise.mode}; the mode must be ${modesOfCheck[check.type].join(' or ')}.` }]
  }
  if (check.type === 'plan' && check.of !== 'answer' && !exercise.workload.some((query) => query.id === check.of)) {
    return [{ path: [...path, 'of'], rule: 'exercise.check', message: `"${check.of}" is neither "answer" nor a query of the workload.` }]
  }
  if (check.type === 'replica' && exercise.server.standby === undefined) return [{ path, rule: 'exercise.server', message: 'There is no standby: say how late it is under `server`.' }]
  if (check.type === 'sessions') {
    const known = new Set(exercise.background.map(({ name }) => name))
    return [...check.gone, ...check.alive].flatMap((name) => (known.has(name) ? [] : [{ path, rule: 'exercise.session', message: `There is no background session ${name}.` }]))
  }
  if (check.type !== 'events') return []
  const half = (check.query === undefined) === (check.expect === undefined) ? [] : [{ path, rule: 'exercise.check', message: '`query` and `expect` go together.' }]
  const strangers = [...check.must, ...check.mustNot].flatMap(({ session }) =>
    session === undefined || sessions.has(session) ? [] : [{ path, rule: 'exercise.session', message: `There is no session ${session}; there are ${[...sessions].join(', ')}.` }],
  )
  return [...half, ...strangers]
}
