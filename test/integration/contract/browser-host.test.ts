import { request } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServerFrame } from '../../../main/api/index.ts'
import { startBrowserServer } from '../../../main/hosts/browser/server.ts'
import type { BrowserServer } from '../../../main/hosts/browser/server.ts'
import { createClient } from '../../../renderer/api/client.ts'
import { openCore, projectRoot } from './open-core.ts'
import { describeContract } from './suite.ts'

const windowDir = join(projectRoot, 'dist', 'renderer')

/** Fetches with headers that a browser would not let a page choose. */
function get(url: string, headers: Record<string, string> = {}): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request(url, { headers }, (response) => {
      let body = ''
      response.on('data', (chunk) => (body += String(chunk)))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    call.on('error', reject)
    call.end()
  })
}

async function cookieOf(server: BrowserServer): Promise<string> {
  const { headers } = await get(server.entryUrl)
  return String(headers['set-cookie']).split(';')[0]!
}

function openSocket(server: BrowserServer, headers: Record<string, string>): Promise<WebSocket> {
  const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/api`, { headers })
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}

describeContract('the browser host’s socket', 'browser', async (dataDir) => {
  const core = await openCore(dataDir, 'browser')
  const server = await startBrowserServer({ core, windowDir, port: 0 })
  const socket = await openSocket(server, { Cookie: await cookieOf(server), Origin: server.origin })
  const waiting = new Map<number, (answer: unknown) => void>()
  const pushed: ((name: string, payload: unknown) => void)[] = []
  let nextId = 0
  socket.on('message', (data) => {
    const frame: ServerFrame = JSON.parse(String(data))
    if ('push' in frame) pushed.forEach((listener) => listener(frame.push, frame.payload))
    else waiting.get(frame.id)?.(frame.result)
  })
  const sendRaw = (name: string, input: unknown): Promise<unknown> =>
    new Promise((resolve) => {
      const id = nextId++
      waiting.set(id, resolve)
      socket.send(JSON.stringify({ id, name, input }))
    })
  return {
    client: createClient({ send: sendRaw, onPush: (listener) => void pushed.push(listener), onState: () => undefined }),
    sendRaw,
    async close() {
      socket.close()
      await server.close()
      await core.close()
    },
  }
})

describe('the loopback server', () => {
  let dataDir: string
  let server: BrowserServer
  let closeCore: () => Promise<void>

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'firedrill-guard-'))
    const core = await openCore(dataDir, 'browser')
    closeCore = () => core.close()
    server = await startBrowserServer({ core, windowDir, port: 0 })
  })
  afterAll(async () => {
    await server.close()
    await closeCore()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('listens on the loopback address only', () => {
    expect(server.http.address()).toMatchObject({ address: '127.0.0.1' })
  })

  it('serves nothing without the secret', async () => {
    expect((await get(`${server.origin}/index.html`)).status).toBe(403)
    expect((await get(`${server.origin}/?key=wrong`)).status).toBe(403)
  })

  it('tells a window of an earlier launch that it is one', async () => {
    const { status, headers } = await get(`${server.origin}/`, { Cookie: `firedrill-${new URL(server.origin).port}=of-an-earlier-launch` })
    expect([status, headers['x-firedrill-window']]).toEqual([403, 'other-launch'])
  })

  it('serves the window, with a strict policy, to the holder of the cookie', async () => {
    const { status, headers } = await get(`${server.origin}/`, { Cookie: await cookieOf(server) })
    expect(status).toBe(200)
    expect(String(headers['content-security-policy'])).toContain("default-src 'none'")
    expect(String(headers['content-security-policy'])).not.toContain("'unsafe-eval'")
  })

  it.each(['evil.example', '127.0.0.1', 'firedrill.example:80'])('refuses the Host header %s (DNS rebinding)', async (host) => {
    expect((await get(server.entryUrl, { Host: host })).status).toBe(403)
  })

  it.each(['/../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/assets/%00', '/%E0%A4%A'])('never leaves its folder: %s', async (path) => {
    const { status } = await get(`${server.origin}${path}`, { Cookie: await cookieOf(server) })
    expect([403, 404]).toContain(status)
  })

  it('refuses a socket of another origin, without cookie, or with a wrong one', async () => {
    const cookie = await cookieOf(server)
    await expect(openSocket(server, { Cookie: cookie, Origin: 'http://evil.example' })).rejects.toThrow('403')
    await expect(openSocket(server, { Origin: server.origin })).rejects.toThrow('403')
    await expect(openSocket(server, { Cookie: `${cookie}x`, Origin: server.origin })).rejects.toThrow('403')
  })

  it('closes a socket that sends nonsense, and goes on', async () => {
    const socket = await openSocket(server, { Cookie: await cookieOf(server), Origin: server.origin })
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    socket.send('not json')
    expect(await closed).toBe(1008)
    expect((await get(`${server.origin}/`, { Cookie: await cookieOf(server) })).status).toBe(200)
  })
})
