import { beforeAll, describe, expect, it } from 'vitest'
import { loadMermaidParser } from '../../../main/validation/mermaid.ts'
import { gradeDiagram } from './grade.ts'
import type { ParseMermaid } from './read/read-diagram.ts'
import type { DiagramCheck } from './schema.ts'
import { diagramCheckSchema, diagramExerciseSchema } from './schema.ts'
import { diagramKind } from './source.ts'

let parse: ParseMermaid
beforeAll(async () => {
  parse = await loadMermaidParser()
})

const exerciseWith = (check: object, accepts: string[]) =>
  diagramExerciseSchema.parse({
    id: 'small', kind: 'diagram', version: 1, title: 'Small', summary: 'Small', chapter: 'ch03', minutes: 1, difficulty: 1, skills: ['think.systems'],
    covers: [], starter: '', accepts,
    meanings: {
      web: { called: 'the frontend', is: ['frontend', 'browser'] },
      api: { called: 'the API', is: ['API', 'backend'] },
      cache: { called: 'the cache', is: ['cache'] },
      db: { called: 'the database', is: ['database', 'DB'] },
    },
    checks: [{ id: 'it', label: 'It', points: 4, ...check }],
    hints: [{ text: 'a', cost: 0.1 }, { text: 'b', cost: 0.1 }],
    proof: { reference: 'x', wrong: [{ file: 'x', fails: ['it'], belief: 'x' }] },
  })

/** The one check of an exercise on a drawing. */
async function judged(check: object, lines: string | string[], first = 'flowchart LR'): Promise<{ passed: boolean; earned: number | undefined; evidence: string; line: number | undefined }> {
  const answer = [first, ...[lines].flat()].join('\n  ')
  const grade = await gradeDiagram(exerciseWith(check, first === 'sequenceDiagram' ? ['sequence'] : ['flowchart', 'state']), answer, parse)
  const [one] = grade.checks
  if (one === undefined) throw new Error('no check')
  return { passed: one.passed, earned: one.earned, evidence: one.evidence, line: one.line }
}
const passes = async (check: object, lines: string | string[], first?: string): Promise<boolean> => (await judged(check, lines, first)).passed

describe('nodes', () => {
  const check = { type: 'nodes', nodes: [{ is: 'api', once: true }, { is: 'db', shape: 'store' }] }
  it.each<[string, string, boolean]>([
    ['by label', 'x["The backend"] --> y[(Database)]', true],
    ['by id', 'API --> DB[(Orders)]', true],
    ['another shape', 'API --> DB', false],
    ['drawn twice', 'a1[API] --> DB[(DB)]\n  a2[API] --> DB', false],
    ['a decision named after it is no double', 'API --> q{API knows it?}\n  q --> DB[(DB)]', true],
    ['missing', 'API --> x', false],
  ])('%s', async (_, lines, expected) => expect(await passes(check, lines)).toBe(expected))
  it('quotes what it read and where', async () => {
    expect(await judged(check, ['API --> x'])).toMatchObject({ earned: 2, evidence: 'Drawn: the API. I read "API" (line 2).\nNot drawn: the database.' })
  })
})

describe('edges', () => {
  const ask = (edge: object) => ({ type: 'edges', edges: [{ asks: 'Who asks?', from: 'api', to: 'db', ...edge }] })
  it.each<[string, object, string | string[], boolean]>([
    ['there it is', {}, 'API --> DB', true],
    ['the other way round', {}, 'DB --> API', false],
    ['without a head', {}, 'API --- DB', false],
    ['with two heads', {}, 'API <--> DB', true],
    ['through a node that means nothing', {}, 'API --> q{Hit?}\n  q --> DB', true],
    ['but not when straight', { straight: true }, 'API --> q{Hit?}\n  q --> DB', false],
    ['not through one that means something', {}, 'API --> cache\n  cache --> DB', false],
    ['unless that is allowed', { via: ['cache'] }, 'API --> cache\n  cache --> DB', true],
    ['words on the arrow', { says: ['\\bmiss'] }, 'API -->|on a miss| DB', true],
    ['words on the way', { says: ['\\bmiss'] }, 'API --> q{Hit?}\n  q -->|miss| DB', true],
    ['words of a node on the way', { says: ['\\bmiss'] }, 'API --> q[after a miss]\n  q --> DB', true],
    ['other words', { says: ['\\bmiss'] }, 'API -->|always| DB', false],
    ['words written together', { says: ['\\bregistered'] }, 'API -->|UserRegistered| DB', true],
    ['dotted', { dotted: true }, 'API -.-> DB', true],
    ['not dotted', { dotted: true }, 'API --> DB', false],
    ['direction of no matter', { directed: false }, 'DB --- API', true],
    ['one of several ends', { from: ['web', 'api'] }, 'web[Browser] --> DB', true],
    ['to a group that stands for it', {}, ['API --> s', 'subgraph s [Database]', 'shard1', 'end'], true],
  ])('%s', async (_, edge, lines, expected) => {
    const { passed, evidence } = await judged(ask(edge), lines)
    expect(passed, evidence).toBe(expected)
  })
  it.each([
    ['DB --> API', 'Who asks? I read it the other way round: DB -> API (line 2).'],
    ['API --- DB', 'Who asks? I read: API --- DB (line 2). A line without a head does not say who calls whom.'],
    ['API --> cache\n  x --> DB', 'Who asks? I found no arrow from the API to the database. I read: API -> cache (line 2).'],
    ['API --> x', 'Who asks? Not drawn: the database.'],
  ])('says of %s what is wrong', async (lines, evidence) => expect((await judged(ask({}), lines)).evidence).toBe(evidence))
})

describe('absent edges', () => {
  const check = { type: 'absent', absent: [{ from: 'web', to: 'db', because: 'It would go around the API.' }] }
  it.each<[string, string, boolean]>([
    ['absent', 'web[Browser] --> API\n  API --> DB', true],
    ['there', 'web[Browser] --> DB', false],
    ['hidden behind a node', 'web[Browser] --> q[proxy]\n  q --> DB', false],
    ['not judged before both are drawn', 'web[Browser] --> API', false],
  ])('%s', async (_, lines, expected) => expect(await passes(check, lines)).toBe(expected))
  it('says why', async () => expect((await judged(check, 'web[Browser] --> DB')).evidence).toBe('I read: Browser -> DB (line 2). It would go around the API.'))
})

describe('ways', () => {
  const path = (more: object) => ({ type: 'paths', paths: [{ asks: 'Is it asked first?', from: 'web', to: 'db', ...more }] })
  it.each<[string, object, string, boolean]>([
    ['through', { through: ['api'] }, 'browser --> API --> DB', true],
    ['not through', { through: ['cache'] }, 'browser --> API --> DB\n  API --> cache', false],
    ['one way around is fine', { through: ['api'] }, 'browser --> API --> DB\n  browser --> x --> DB', true],
    ['unless every way must', { through: ['api'], every: true }, 'browser --> API --> DB\n  browser --> x --> DB', false],
    ['avoids', { avoids: ['cache'] }, 'browser --> cache --> DB', false],
  ])('%s', async (_, more, lines, expected) => expect(await passes(path(more), lines)).toBe(expected))

  const cycle = { type: 'cycle', asks: 'Does it come back?', through: ['web', 'api', 'db'] }
  it.each<[string, string, boolean]>([
    ['a loop', 'browser --> API --> DB --> x --> browser', true],
    ['a line', 'browser --> API --> DB', false],
    ['the wrong order', 'browser --> DB --> API --> browser', false],
    ['with a step back', 'browser --> API --> DB --> browser\n  DB --> API', true],
  ])('%s', async (_, lines, expected) => expect(await passes(cycle, lines)).toBe(expected))
  it('in a state diagram', async () => expect(await passes(cycle, ['frontend --> backend', 'backend --> database : ask', 'database --> frontend'], 'stateDiagram-v2')).toBe(true))

  const acyclic = { type: 'acyclic', among: ['web', 'api'] }
  it.each<[string, string, boolean]>([
    ['none', 'browser --> API --> x', true],
    ['one', 'browser --> API --> x --> browser', false],
    ['not judged yet', 'browser --> x', false],
  ])('no loop: %s', async (_, lines, expected) => expect(await passes(acyclic, lines)).toBe(expected))
})

describe('groups', () => {
  const check = { type: 'groups', groups: [{ asks: 'What is trusted?', inside: ['api', 'db'], outside: ['web'] }] }
  it.each<[string, string[], boolean]>([
    ['one box', ['subgraph s [Ours]', 'API --> DB', 'end', 'browser --> API'], true],
    ['nested', ['subgraph s', 'subgraph t', 'API', 'end', 'DB', 'end', 'browser --> API'], true],
    ['apart', ['subgraph s', 'API', 'end', 'subgraph t', 'DB', 'end', 'browser --> API'], false],
    ['too much inside', ['subgraph s', 'API --> DB', 'browser', 'end'], false],
    ['the inner one is right', ['subgraph s', 'browser', 'subgraph t', 'API --> DB', 'end', 'end'], true],
  ])('%s', async (_, lines, expected) => expect(await passes(check, lines)).toBe(expected))
})

describe('decisions', () => {
  const check = { type: 'branches', branches: [{ asks: 'Hit or miss?', at: 'cache', outcomes: [{ says: ['^(yes|hit)'] }, { says: ['^(no|miss)'], to: 'db' }] }] }
  it.each<[string, string, boolean]>([
    ['both', 'q{In cache?} -->|hit| API\n  q -->|miss| DB', true],
    ['one has no words', 'q{In cache?} -->|hit| API\n  q --> DB', false],
    ['the miss leads elsewhere', 'q{In cache?} -->|hit| DB\n  q -->|miss| API', false],
    ['by way of another node', 'q{In cache?} -->|yes| API\n  q -->|no| x --> DB', true],
    ['no fork', 'q{In cache?} -->|hit| API\n  API --> DB', false],
  ])('%s', async (_, lines, expected) => expect(await passes(check, lines)).toBe(expected))
})

describe('size', () => {
  const check = { type: 'size', least: 3, most: 4 }
  it.each<[string, string, boolean]>([
    ['fits', 'a --> b --> c', true],
    ['too small', 'a --> b', false],
    ['too large', 'a --> b --> c --> d --> e', false],
    ['one alone', 'a --> b\n  c', false],
  ])('%s', async (_, lines, expected) => expect(await passes(check, lines)).toBe(expected))
})

describe('a sequence', () => {
  const order = {
    type: 'order',
    messages: [
      { id: 'write', asks: 'What is written?', from: 'api', to: 'db', says: ['\\bwrite', '\\bcommit'] },
      { id: 'forget', asks: 'When is the cache cleared?', from: 'api', to: 'cache', says: ['\\b(delete|invalidate)'] },
    ],
  }
  const absent = { type: 'absent', absent: [{ from: 'api', to: 'cache', says: ['\\bset'], because: 'Nobody has it yet.', before: { from: 'api', to: 'db', says: ['\\bcommit'] } }] }
  const blocks = { type: 'blocks', blocks: [{ asks: 'When is the database asked?', kinds: ['alt', 'opt'], says: ['\\bmiss'], message: { from: 'api', to: 'db' }, apartFrom: { from: 'cache', to: 'api' } }] }
  const notes = { type: 'notes', notes: [{ asks: 'What is stale?', says: ['\\bstale'], over: 'cache' }] }
  const active = { type: 'active', active: [{ asks: 'Who holds the lock?', who: 'api', during: { from: 'api', to: 'db', says: ['lock'] } }] }
  it.each<[string, object, string[], boolean]>([
    ['in order', order, ['API->>DB: write', 'DB-->>API: ok', 'API->>Cache: delete'], true],
    ['out of order', order, ['API->>Cache: delete', 'API->>DB: write'], false],
    ['early and again in time', order, ['API->>Cache: delete', 'API->>DB: write', 'API->>Cache: delete'], true],
    ['the receiver belongs to the words', order, ['participant DB as Database to commit', 'API->>DB: now', 'API->>Cache: invalidate'], true],
    ['not before', absent, ['API->>DB: commit', 'API->>Cache: set'], true],
    ['before', absent, ['API->>Cache: set', 'API->>DB: commit'], false],
    ['not judged without the other one', absent, ['API->>Cache: get'], false],
    ['in a branch', blocks, ['API->>Cache: get', 'alt hit', 'Cache-->>API: value', 'else miss', 'API->>DB: read', 'end'], true],
    ['in the same branch', blocks, ['opt miss', 'Cache-->>API: value', 'API->>DB: read', 'end'], false],
    ['in no block', blocks, ['Cache-->>API: value', 'API->>DB: read'], false],
    ['a note', notes, ['API->>Cache: set', 'Note over Cache: stale until it expires'], true],
    ['a note elsewhere', notes, ['API->>Cache: set', 'Note over API: stale'], false],
    ['active', active, ['activate API', 'API->>DB: lock', 'deactivate API'], true],
    ['active by a plus', active, ['DB->>+API: go', 'API->>DB: lock'], true],
    ['not active', active, ['DB->>+API: go', 'API-->>-DB: done', 'API->>DB: lock'], false],
  ])('%s', async (_, check, lines, expected) => {
    const { passed, evidence } = await judged(check, lines, 'sequenceDiagram')
    expect(passed, evidence).toBe(expected)
  })
  it('says which message came too early', async () => {
    expect((await judged(order, ['API->>Cache: delete', 'API->>DB: write'], 'sequenceDiagram')).evidence).toContain('Out of order: API -> Cache, "delete" (line 2) has to come after API -> DB, "write" (line 3).')
  })
})

describe('an answer that cannot be judged', () => {
  const check = { type: 'size', least: 3, most: 9 }
  it('has its fault and line at every check', async () => {
    const grade = await gradeDiagram(exerciseWith(check, ['flowchart']), 'flowchart LR\n  a -> b', parse)
    expect(grade.checks).toMatchObject([{ passed: false, failure: 'syntax', line: 2, evidence: expect.stringContaining('Line 2:') }])
  })
  it('is of another kind', async () => {
    const grade = await gradeDiagram(exerciseWith(check, ['flowchart', 'state']), 'sequenceDiagram\n  A->>B: x', parse)
    expect(grade.checks[0]?.evidence).toBe('This is a `sequenceDiagram`; the brief asks for `flowchart LR` or `stateDiagram-v2`.')
  })
  it('is empty', async () => expect((await gradeDiagram(exerciseWith(check, ['flowchart']), '', parse)).checks[0]?.failure).toBe('not-run'))
  it('gets the same grade twice', async () => {
    const twice = await Promise.all([1, 2].map(() => gradeDiagram(exerciseWith(check, ['flowchart']), 'flowchart LR\n  a --> b --> c', parse)))
    expect(JSON.stringify(twice[0])).toBe(JSON.stringify(twice[1]))
  })
})

describe('names in an exercise', () => {
  const faults = (check: object, accepts: string[]): string[] => diagramKind.nameFaults(exerciseWith(check, accepts)).map((fault) => fault.message)
  it.each<[string, object, string[], string[]]>([
    ['good', { type: 'edges', edges: [{ asks: 'x', from: 'web', to: ['api', 'db'], says: ['a|b'] }] }, ['flowchart'], []],
    ['unknown', { type: 'cycle', asks: 'x', through: ['web', 'nobody'] }, ['flowchart'], ['There is no meaning "nobody".']],
    ['no pattern', { type: 'edges', edges: [{ asks: 'x', from: 'web', to: 'api', says: ['('] }] }, ['flowchart'], [expect.stringContaining('is no regular expression') as unknown as string]],
    ['of the wrong kind', { type: 'notes', notes: [{ asks: 'x', says: ['x'] }] }, ['flowchart'], ['A `notes` check judges sequences alone, and the exercise accepts others.']],
    ['an unknown message', { type: 'order', messages: [{ id: 'a', asks: 'x', from: 'any', to: 'any' }], orders: [['a', 'b']] }, ['sequence'], ['There is no message "b".']],
  ])('%s', (_, check, accepts, expected) => expect(faults(check, accepts)).toEqual(expected))
  it('knows every type of check', () => {
    const types = diagramCheckSchema.options.map((option) => option.shape.type.value)
    expect(types satisfies DiagramCheck['type'][]).toHaveLength(13)
  })
})
