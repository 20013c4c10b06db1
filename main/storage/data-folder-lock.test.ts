import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../../test/fixtures/core-in-folder.ts'
import { acquireDataFolder } from './data-folder-lock.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

function mustAcquire(path: string): Extract<ReturnType<typeof acquireDataFolder>, { ok: true }>['value'] {
  const lock = acquireDataFolder(path, { pid: process.pid })
  if (!lock.ok) throw new Error('held')
  return lock.value
}

test('one holder at a time; a second start learns who and where it is', () => {
  const lock = mustAcquire(folder.path)
  expect(acquireDataFolder(folder.path, { pid: 2 })).toEqual({ ok: false, error: { pid: process.pid, url: null } })
  lock.announce('http://127.0.0.1:1/?secret')
  expect(acquireDataFolder(folder.path, { pid: 2 })).toEqual({ ok: false, error: { pid: process.pid, url: 'http://127.0.0.1:1/?secret' } })
  if (process.platform !== 'win32') expect(statSync(join(folder.path, 'firedrill.lock.json')).mode & 0o777).toBe(0o600)
  lock.release()
  lock.release()
  mustAcquire(folder.path).release()
})

test('a holder that was killed holds nothing, whatever it left behind', async () => {
  const module = new URL('./data-folder-lock.ts', import.meta.url).href
  const script = `import { acquireDataFolder } from ${JSON.stringify(module)}
    const lock = acquireDataFolder(${JSON.stringify(folder.path)}, { pid: process.pid, url: 'http://gone' })
    console.log(lock.ok); setInterval(() => lock, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  expect(String((await once(child.stdout, 'data'))[0]).trim()).toBe('true')
  expect(acquireDataFolder(folder.path, { pid: 2 })).toEqual({ ok: false, error: { pid: child.pid, url: 'http://gone' } })
  child.kill('SIGKILL')
  await once(child, 'exit')
  mustAcquire(folder.path).release()
})

test('a folder that cannot hold a lock stops nobody', () => {
  const file = join(folder.path, 'file')
  writeFileSync(file, '')
  const lock = mustAcquire(join(file, 'data'))
  expect(lock.held).toBe(false)
  lock.announce('http://x')
  lock.release()
  mkdirSync(join(folder.path, 'other', 'firedrill.lock'), { recursive: true })
  expect(mustAcquire(join(folder.path, 'other')).held).toBe(false)
})
