import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from './index.ts'
import type { ExitCode } from './command.ts'

describe('firedrill promql-conformance', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'firedrill-promql-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  async function run(...args: string[]): Promise<{ code: ExitCode; out: string[]; complaints: string[] }> {
    const out: string[] = []
    const complaints: string[] = []
    const code = await runCommandLine(['promql-conformance', ...args], {
      workingDir: folder,
      contentDir: folder,
      print: (text) => out.push(text),
      complain: (text) => complaints.push(text),
      progress: () => {},
    })
    return { code, out, complaints }
  }

  it('prints a line a file and the total last, and fails where an eval does', async () => {
    writeFileSync(join(folder, 'b.test'), 'load 1m\n  a 1 2\n\neval instant at 1m a\n  a 2\n\neval instant at 1m limitk(1, a)\n')
    expect(await run('.')).toEqual({ code: 0, out: ['b.test: 2 evals, 1 passed, 0 failed, 1 skipped', 'total: 2 evals, 1 passed, 0 failed, 1 skipped'], complaints: [] })

    writeFileSync(join(folder, 'a.test'), 'load 1m\n  a 1 2\n\neval instant at 1m a\n  a 3\n')
    const { code, out } = await run('.', '--verbose')
    expect(code).toBe(1)
    expect(out[0]).toBe('a.test: 1 evals, 0 passed, 1 failed, 0 skipped')
    expect(out.join('\n')).toContain('a.test:4 a')
    expect(out.join('\n')).toContain('b.test:7 skipped (experimental function): limitk(1, a)')
    expect(out.at(-1)).toBe('total: 3 evals, 1 passed, 1 failed, 1 skipped')
  })

  it('fails where a file cannot be read, and says the line', async () => {
    writeFileSync(join(folder, 'a.test'), 'load 1m\n  a 1 2\nevil\n')
    const { code, out } = await run('.')
    expect(code).toBe(1)
    expect(out.join('\n')).toContain('line 3')
  })

  it('gives JSON, and asks for a folder that is there', async () => {
    writeFileSync(join(folder, 'a.test'), 'eval instant at 0 1 + 1\n  2\n')
    expect(JSON.parse((await run('.', '--json')).out.join(''))).toMatchObject({ ok: true, total: { evals: 1, passed: 1 } })
    expect((await run()).code).toBe(2)
    expect((await run('nowhere')).complaints.join('')).toContain('no folder')
  })
})
