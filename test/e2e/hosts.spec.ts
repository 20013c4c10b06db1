/** The browser host as a program: flags, ports, a second start, signals. */
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { appRoot, expect, node, startApp, test } from './app.ts'

interface Ended {
  code: number | null
  out: string
  log: string
}

/** Runs the host until it ends by itself. */
function runHost(flags: string[]): Promise<Ended> {
  const child = spawn(node, [join(appRoot, 'dist', 'main', 'browser.js'), ...flags], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended: Ended = { code: null, out: '', log: '' }
  child.stdout.on('data', (chunk) => (ended.out += String(chunk)))
  child.stderr.on('data', (chunk) => (ended.log += String(chunk)))
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...ended, code })))
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

for (const [flags, words] of [
  [['--colour', 'red'], "Unknown option '--colour'"],
  [['--port', 'http'], '--port is a number from 0 to 65535, not "http".'],
  [['--host', 'safari'], '--host is browser or electron, not "safari".'],
] as const) {
  test(`${flags.join(' ')} gives the usage and exit code 2`, async ({ dataDir }) => {
    const ended = await runHost(['--no-open', '--data', dataDir, ...flags])
    expect(ended.code).toBe(2)
    expect(ended.log).toContain(words)
    expect(ended.log).toContain('--data DIR')
    expect(ended.out).toBe('')
  })
}

test('--port is used; when it is taken, one sentence says what to do', async ({ dataDir }) => {
  const port = await freePort()
  const app = await startApp(join(dataDir, 'one'), { flags: ['--port', String(port)] })
  expect(new URL(app.url).port).toBe(String(port))
  const second = await runHost(['--no-open', '--data', join(dataDir, 'two'), '--port', String(port)])
  expect(second.code).toBe(1)
  expect(second.log.trim()).toBe(`Port ${String(port)} is in use. Start with another --port, or without it.`)
  expect(await app.stop()).toBe(0)
})

test('without --port, the port stays from one start to the next', async ({ dataDir }) => {
  const first = await startApp(dataDir)
  await first.stop()
  const second = await startApp(dataDir)
  expect(new URL(second.url).port).toBe(new URL(first.url).port)
  expect(new URL(second.url).search).not.toBe(new URL(first.url).search)
  await second.stop()
})

test('a second start on the same data joins the first', async ({ dataDir }) => {
  const app = await startApp(dataDir)
  const second = await runHost(['--no-open', '--data', dataDir])
  expect(second.code).toBe(0)
  expect(second.out).toBe(`Firedrill: ${app.url}\n`)
  expect(second.log).toContain('already running')
  expect(await app.stop()).toBe(0)
  const third = await startApp(dataDir)
  expect(await third.stop()).toBe(0)
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} ends it cleanly`, async ({ dataDir }) => {
    test.skip(process.platform === 'win32', 'Windows has no signals')
    test.setTimeout(20_000)
    const app = await startApp(dataDir)
    expect(await app.stop(signal)).toBe(0)
    expect(app.log()).toBe('')
  })
}

test('only the window that was opened with the secret gets anything', async ({ dataDir, request }) => {
  const app = await startApp(dataDir)
  const { origin } = new URL(app.url)
  expect((await request.get(`${origin}/`)).status()).toBe(403)
  expect((await request.get(`${origin}/?key=guess`)).status()).toBe(403)
  expect((await request.get(app.url, { headers: { host: 'evil.example' } })).status()).toBe(403)
  expect((await request.post(app.url)).status()).toBe(405)
  const entered = await request.get(app.url)
  expect(entered.status()).toBe(200)
  expect(entered.headers()['set-cookie']).toMatch(/HttpOnly; SameSite=Strict/)
  const window = await request.get(`${origin}/`)
  expect(window.headers()['content-security-policy']).toContain("default-src 'none'")
  expect((await request.get(`${origin}/../package.json`)).status()).not.toBe(200)
  expect((await request.get(`${origin}/%2e%2e/%2e%2e/package.json`)).status()).not.toBe(200)
  await app.stop()
})

test('it listens on loopback only', async ({ dataDir }) => {
  test.skip(process.platform !== 'linux', 'reads the socket table of Linux')
  const app = await startApp(dataDir)
  const port = Number(new URL(app.url).port).toString(16).toUpperCase().padStart(4, '0')
  const tables = (await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')))).join('\n')
  const listening = [...tables.matchAll(/^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F:]+ 0A /gm)].filter(([, , found]) => found === port)
  expect(listening.map(([, address]) => address)).toEqual(['0100007F'])
  await app.stop()
})
