import { describe, expect, it } from 'vitest'
import type { Diagram } from './diagram.ts'
import { assignMeanings, wordsOfLabel } from './meaning.ts'

const meanings = {
  api: { called: 'the product API', is: ['product API', 'API', 'backend'], not: [] },
  cache: { called: 'the cache', is: ['cache', 'cache layer', 'redis'], not: [] },
  database: { called: 'the product database', is: ['product database', 'database', 'DB', '/postgres\\w*/'], not: ['recommend'] },
  bus: { called: 'the event bus', is: ['event bus', 'message broker'], not: [] },
  mailer: { called: 'the mail service', is: ['email service', 'mailer'], not: [] },
  user: { called: 'the user', is: ['user', 'customer'], not: [] },
}

const meaningOf = (label: string, id = 'x'): string | null => {
  const diagram: Diagram = { kind: 'flowchart', nodes: [{ id, label: label.replaceAll('<br>', ' '), title: label.split('<br>')[0] ?? '', shape: 'box', group: null, line: 1 }], edges: [], groups: [] }
  return assignMeanings(diagram, meanings).of(id)
}

describe('the words of a label', () => {
  it.each([
    ['CacheLayers', 'cache layer'],
    ['cache_layer', 'cache layer'],
    ['API Gateway', 'api gateway'],
    ['EventBus', 'event bus'],
    ['NULLs in two DBs', 'null in two db'],
    ['HTTPServer2', 'http server2'],
    ['Replicas / policies', 'replica policy'],
    ['status of Redis', 'status of redis'],
  ])('%s', (label, words) => expect(wordsOfLabel(label).join(' ')).toBe(words))
})

describe('a node means', () => {
  it.each([
    ['Product API', 'api'],
    ['ProductAPI', 'api'],
    ['the backend service', 'api'],
    ['Cache (Redis)', 'cache'],
    ['Product API cache', 'cache'],
    ['Cache of the product API', 'cache'],
    ['In cache?', 'cache'],
    ['PostgreSQL', 'database'],
    ['Product DB', 'database'],
    ['Recommendation database', null],
    ['eventbus', 'bus'],
    ['Event bus: user registered', 'bus'],
    ['Message-broker', 'bus'],
    ['Email service sends the welcome mail to the user', 'mailer'],
    ['EmailService<br>sends to the customer', 'mailer'],
    ['New users', 'user'],
    ['Something else', null],
    ['capital', null],
  ])('%s', (label, name) => expect(meaningOf(label)).toBe(name))
  it('what its id says, when its label says nothing that is asked for', () => {
    expect([meaningOf('Layer 2', 'cache'), meaningOf('Redis', 'db')]).toEqual(['cache', 'cache'])
  })
})

describe('a group', () => {
  const base = { title: '', shape: 'box', group: null, line: null } as const
  const diagram: Diagram = {
    kind: 'flowchart',
    nodes: [{ ...base, id: 'n1', label: 'Primary', title: 'Primary', group: 'g1' }, { ...base, id: 'n2', label: 'API', title: 'API', group: 'g2' }],
    edges: [],
    groups: [{ id: 'g1', label: 'Cache', title: 'Cache', parent: null, line: null }, { id: 'g2', label: 'Backend', title: 'Backend', parent: null, line: null }],
  }
  it('stands for what no node does, with what is in it', () => {
    const found = assignMeanings(diagram, meanings)
    expect([found.ids('cache'), found.ids('api'), found.of('n1')]).toEqual([['g1', 'n1'], ['n2'], 'cache'])
  })
})
