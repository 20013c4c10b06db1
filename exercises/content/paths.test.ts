import { describe, expect, it } from 'vitest'
import { parsePaths, timedPaths } from './paths.ts'

const text = `paths:
  - id: short
    title: Short
    about: For a test.
    parts:
      - title: Day one
        items:
          - ch07#locks
          - { do: "exercise:sql-one", withinMinutes: 8 }
      - title: Day two
        items: [ch08, incident:pool]
`

describe('paths.yaml', () => {
  it('reads items of every kind and says what they refer to, and where', () => {
    const { paths, references, problems } = parsePaths('paths.yaml', text)
    expect(problems).toEqual([])
    expect(paths[0]?.parts.map(({ title, items }) => [title, items.map(({ kind, withinMinutes }) => [kind, withinMinutes])])).toEqual([
      ['Day one', [['section', null], ['exercise', 8]]],
      ['Day two', [['chapter', null], ['incident', null]]],
    ])
    expect(references).toEqual([
      { kind: 'chapter', chapter: 'ch07', anchor: 'locks', file: 'paths.yaml', line: 8 },
      { kind: 'exercise', id: 'sql-one', file: 'paths.yaml', line: 9 },
      { kind: 'chapter', chapter: 'ch08', anchor: null, file: 'paths.yaml', line: 11 },
      { kind: 'incident', id: 'pool', file: 'paths.yaml', line: 11 },
    ])
  })

  it('complains of what cannot be an item and of what comes twice, and never throws', () => {
    expect(parsePaths('paths.yaml', text.replace('ch08', 'chapter-8')).problems).toMatchObject([{ rule: 'schema.invalid', line: 11 }])
    expect(parsePaths('paths.yaml', text.replace('ch08', '"ch07#locks"')).problems).toMatchObject([{ rule: 'id.duplicate', line: 11 }])
    expect(parsePaths('paths.yaml', text + text.replace('paths:\n', '')).problems).toMatchObject([{ rule: 'id.duplicate', line: 12 }])
    expect(parsePaths('paths.yaml', ': [').paths).toEqual([])
  })

  it('takes the minutes from what is written and leaves the rest open', () => {
    const times = {
      chapters: new Map([['ch07', { minutes: 60, sections: [{ id: 'locks', words: 100 }, { id: 'other', words: 500 }] }]]),
      exercises: new Map([['sql-one', 12]]),
      incidents: new Map<string, number>(),
    }
    const [path] = timedPaths(parsePaths('paths.yaml', text).paths, times)
    expect(path?.parts.map(({ items }) => items.map(({ minutes }) => minutes))).toEqual([[10, 12], [null, null]])
  })
})
