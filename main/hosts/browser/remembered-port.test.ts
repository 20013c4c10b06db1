import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { onSteadyPort, rememberPort, rememberedPort } from './remembered-port.ts'

let dataDir: string
const servers: Server[] = []

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'firedrill-port-'))
})
afterEach(async () => {
  await Promise.all(servers.splice(0).map(stop))
  rmSync(dataDir, { recursive: true, force: true })
})

function listen(port: number): Promise<Server> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port }, () => {
      servers.push(server)
      resolve(server)
    })
  })
}
const stop = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))
const portOf = (server: Server): number => (server.address() as AddressInfo).port
const launch = (asked: number | null = null): Promise<Server> => onSteadyPort(dataDir, asked, listen, portOf)

describe('the port of the browser host', () => {
  it('is the same at the next launch', async () => {
    const first = await launch()
    const port = portOf(first)
    await stop(first)
    expect(portOf(await launch())).toBe(port)
  })
  it('is another one while a stranger has it, and that one from then on', async () => {
    const stranger = await listen(0)
    rememberPort(dataDir, portOf(stranger))
    const port = portOf(await launch())
    expect(port).not.toBe(portOf(stranger))
    expect(rememberedPort(dataDir)).toBe(port)
  })
  it('is the one that was asked for, which is not remembered', async () => {
    const usual = portOf(await launch())
    const chosen = portOf(await launch(0))
    expect(chosen).not.toBe(usual)
    expect(rememberedPort(dataDir)).toBe(usual)
  })
  it('fails with the system’s error when the asked one is taken', async () => {
    const stranger = await listen(0)
    await expect(launch(portOf(stranger))).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
  it.each(['', 'null', '{"port": 80}', '{"port": 70000}', '{"port": "x"}'])('survives a damaged note: %s', async (text) => {
    writeFileSync(join(dataDir, 'browser-port.json'), text)
    expect(rememberedPort(dataDir)).toBeNull()
    expect(portOf(await launch())).toBeGreaterThan(1_023)
  })
})
