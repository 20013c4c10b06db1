/** Killed at any moment, the storage keeps every event that it acknowledged. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { coreIn, get, temporaryFolder } from '../fixtures/core-in-folder.ts'

const kills = 110
const writer = new URL('../fixtures/writer.ts', import.meta.url).pathname
const atOnce = 2

/** Runs a writer until it is killed, a moment after it printed so many lines, or in its start (null); returns what it acknowledged. */
async function killedWriter(dataDir: string, lines: number | null): Promise<string> {
  const child = spawn(process.execPath, [writer, dataDir], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let problems = ''
  let timer: NodeJS.Timeout | null = null
  const kill = (): void => void child.kill('SIGKILL')
  if (lines === null) timer = setTimeout(kill, 120 + Math.random() * 150)
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    if (lines !== null && output.split('\n').length > lines) timer ??= setTimeout(kill, Math.random() * 3)
  })
  child.stderr.on('data', (chunk: Buffer) => (problems += chunk.toString()))
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  expect(signal, problems).toBe('SIGKILL')
  return output
}

/**
 * Everything acknowledged so far is in the file, and the file is sound. Looks at a copy: opening the real one would
 * mend it, which is the next start's work.
 */
function verify(dataDir: string, acknowledged: ReadonlySet<string>): void {
  const copy = join(dataDir, 'copy.db')
  for (const suffix of ['', '-wal', '-journal']) {
    rmSync(copy + suffix, { force: true })
    if (existsSync(join(dataDir, `firedrill.db${suffix}`))) copyFileSync(join(dataDir, `firedrill.db${suffix}`), copy + suffix)
  }
  const database = new BetterSqlite3(copy)
  try {
    expect(database.pragma('quick_check', { simple: true })).toBe('ok')
    const present = new Set(acknowledged.size === 0 ? [] : database.prepare('SELECT id FROM events').pluck().all())
    expect([...acknowledged].filter((id) => !present.has(id))).toEqual([])
  } finally {
    database.close()
  }
}

const folders = Array.from({ length: atOnce }, temporaryFolder)
afterAll(() => folders.forEach((folder) => folder.remove()))
beforeAll(() => folders.forEach(({ path }) => rmSync(path, { recursive: true, force: true })))

test(`${kills} kills lose nothing that was acknowledged`, { timeout: 400_000 }, async () => {
  let killed = 0
  let written = 0
  await Promise.all(
    folders.map(async ({ path }) => {
      const acknowledged = new Set<string>()
      for (let turn = 0; killed < kills; turn += 1) {
        killed += 1
        // Mostly within the first writes, however fast the machine is; every eighth somewhere in the start itself.
        const output = await killedWriter(path, turn % 8 === 7 ? null : 1 + Math.floor(Math.random() * 10))
        // The last line may be cut; what was printed whole was acknowledged.
        for (const line of output.split('\n').slice(0, -1)) {
          if (line.startsWith('start ')) expect(line).toBe('start ok 0')
          else for (const id of line.split(' ').slice(1)) acknowledged.add(id)
        }
        verify(path, acknowledged)
      }
      written += acknowledged.size
      const core = await coreIn(path)
      expect((await get(core, 'progress.snapshot', {})).events).toBeGreaterThanOrEqual(acknowledged.size)
      await core.close()
    }),
  )
  expect(killed).toBeGreaterThanOrEqual(kills)
  expect(written).toBeGreaterThan(kills)
})
