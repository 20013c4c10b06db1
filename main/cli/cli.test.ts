import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContentFolder } from '../../test/fixtures/content-folder.ts'
import type { ContentFolder } from '../../test/fixtures/content-folder.ts'
import { runCommandLine } from './index.ts'

let folder: ContentFolder
beforeEach(() => {
  folder = createContentFolder()
})
afterEach(() => folder.dispose())

async function firedrill(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const code = await runCommandLine(argv, { workingDir: folder.dir, contentDir: folder.dir, print: (text) => out.push(text), complain: (text) => err.push(text), progress: () => undefined })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('validate', () => {
  it('prints file:line and a count, and exits 1', async () => {
    const { code, out, err } = await firedrill('validate')
    expect(code).toBe(1)
    expect(out).toMatch(/^chapters\/07-databases\/chapter\.md:\d+: error: The block printed .* \(run\.output\)\n/m)
    // The sample is too short for a chapter, and has too few checks.
    expect(out).toMatch(/\n3 errors, 0 warnings in 1 chapter, 1 exercise, 1 diagram, 2 code blocks run\.$/)
    expect(err).toBe('')
  })
  it('prints JSON alone with --json, updates with --update, and exits 0 where nothing is wrong', async () => {
    const { out } = await firedrill('validate', '.', '--json', '--update')
    expect(JSON.parse(out)).toMatchObject({ ok: false, errors: 2, updated: ['chapters/07-databases/chapter.md'], problems: [{ rule: 'prose.words' }, { rule: 'prose.checks' }] })
    const only = await firedrill('validate', '--only', 'exercises/')
    expect(only).toMatchObject({ code: 0, out: expect.stringMatching(/^Not compared .*\n0 errors, 0 warnings in 1 chapter, 1 exercise, 0 diagrams, 0 code blocks run\.$/) as string, err: '' })
  })
})

describe('coverage', () => {
  const catalog = [
    { id: 'ch07', kind: 'chapter' },
    { id: 'ch08', kind: 'chapter' },
    { id: 'ch07.sec.indexes', kind: 'section' },
    { id: 'ch07.sec.types', kind: 'section' },
    { id: 'ch07.dia.anomalies', kind: 'diagram' },
    { id: 'ch07.chk.offset', kind: 'check' },
    { id: 'ch07.walk.slow', kind: 'walkthrough' },
  ]
  it('counts chapters, sections, diagrams, checks, walkthroughs and exercises', async () => {
    writeFileSync(join(folder.dir, 'catalog.json'), JSON.stringify(catalog))
    const { code, out, err } = await firedrill('coverage', '--catalog', 'catalog.json', '--json')
    expect(JSON.parse(out)).toEqual({
      kinds: {
        chapter: { total: 2, covered: 1, missing: ['ch08'] },
        section: { total: 2, covered: 2, missing: [] },
        diagram: { total: 1, covered: 1, missing: [] },
        check: { total: 1, covered: 1, missing: [] },
        walkthrough: { total: 1, covered: 1, missing: [] },
      },
    })
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })
  it('refuses ids that the catalogue does not have', async () => {
    writeFileSync(join(folder.dir, 'catalog.json'), JSON.stringify(catalog.filter((item) => item.id !== 'ch07.walk.slow')))
    const { code, out, err } = await firedrill('coverage', '--catalog=catalog.json')
    expect({ code, err }).toEqual({ code: 1, err: 'chapters/07-databases/walkthroughs/slow.yaml:3: error: The catalogue has no item "ch07.walk.slow". (cover.unknown)' })
    expect(out).toContain('5 of 6 items covered')
  })
})

describe('calls that are not understood', () => {
  it.each([
    [[]],
    [['valdate']],
    [['validate', '--jsn']],
    [['validate', 'a', 'b']],
    [['validate', 'no-such-folder']],
    [['coverage']],
    [['coverage', '--catalog']],
    [['coverage', '--catalog', 'no-such-file']],
    [['coverage', '--catalog', 'course.yaml']],
    [['constructor']],
  ])('%j exits 2 and prints nothing on stdout', async (argv) => {
    const { code, out, err } = await firedrill(...argv)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).not.toBe('')
  })
  it('help exits 0', async () => expect(await firedrill('help')).toMatchObject({ code: 0, out: expect.stringContaining('validate [DIR] [--only PREFIX] [--json] [--update]') as string }))
})
