/** A real Prometheus over data that we give it, for as long as a test runs. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { ChildProcess } from 'node:child_process'

const pair = z.tuple([z.number(), z.string()])
const labels = z.record(z.string(), z.string())
const answer = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    data: z.discriminatedUnion('resultType', [
      z.object({ resultType: z.literal('vector'), result: z.array(z.object({ metric: labels, value: pair })) }),
      z.object({ resultType: z.literal('matrix'), result: z.array(z.object({ metric: labels, values: z.array(pair) })) }),
      z.object({ resultType: z.literal('scalar'), result: pair }),
      z.object({ resultType: z.literal('string'), result: pair }),
    ]),
  }),
  z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() }),
])
/** An answer of Prometheus' HTTP API. */
export type Answer = z.infer<typeof answer>

export interface PrometheusServer {
  query(query: string, timeMs: number): Promise<Answer>
  queryRange(query: string, startMs: number, endMs: number, stepMs: number): Promise<Answer>
  stop(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('no free port')
  return address.port
}

/** Loads OpenMetrics text into a new database and serves it on a loopback port. @throws Error where promtool or prometheus refuse */
export async function startPrometheus(openMetrics: string): Promise<PrometheusServer> {
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-prometheus-'))
  const data = join(folder, 'data')
  mkdirSync(data)
  writeFileSync(join(folder, 'metrics.txt'), openMetrics)
  writeFileSync(join(folder, 'prometheus.yml'), 'global: {}\n')
  const loaded = spawnSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', join(folder, 'metrics.txt'), data], { encoding: 'utf8' })
  if (loaded.status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    throw new Error(`promtool could not load the data: ${loaded.stderr}`)
  }
  const port = await freePort()
  const args = [`--config.file=${join(folder, 'prometheus.yml')}`, `--storage.tsdb.path=${data}`, '--storage.tsdb.retention.time=100y', `--web.listen-address=127.0.0.1:${port}`, '--log.level=error']
  const child = spawn('prometheus', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  const stop = async (): Promise<void> => {
    await ended(child)
    rmSync(folder, { recursive: true, force: true })
  }
  const base = `http://127.0.0.1:${port}`
  const deadline = Date.now() + 30_000
  while (!(await fetch(`${base}/-/ready`).then((response) => response.ok, () => false))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop()
      throw new Error(`prometheus did not start: ${complaints}`)
    }
    await wait(100)
  }
  const ask = async (path: string, params: Record<string, string>): Promise<Answer> => {
    const response = await fetch(`${base}/api/v1/${path}`, { method: 'POST', body: new URLSearchParams(params) })
    return answer.parse(await response.json())
  }
  const seconds = (ms: number): string => (ms / 1000).toFixed(3)
  return {
    query: (query, timeMs) => ask('query', { query, time: seconds(timeMs) }),
    queryRange: (query, startMs, endMs, stepMs) => ask('query_range', { query, start: seconds(startMs), end: seconds(endMs), step: seconds(stepMs) }),
    stop,
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const forced = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await exit
  clearTimeout(forced)
}
