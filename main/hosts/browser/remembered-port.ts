/**
 * The port of the last launch, kept in the data folder. What the window keeps itself (built databases, facts that were
 * not sent) belongs to its origin, of which the port is a part: with another port it would not find them again.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const file = 'browser-port.json'
/** Ports below are the system's. */
const portSchema = z.object({ port: z.number().int().min(1_024).max(65_535) })

/** The port that was used with this folder, or null. */
export function rememberedPort(dataDir: string): number | null {
  try {
    const parsed = portSchema.safeParse(JSON.parse(readFileSync(join(dataDir, file), 'utf8')))
    return parsed.success ? parsed.data.port : null
  } catch {
    return null
  }
}

/** Keeps the port for the next launch; where that is not possible, the next launch takes any free one. */
export function rememberPort(dataDir: string, port: number): void {
  if (rememberedPort(dataDir) === port) return
  try {
    writeFileSync(join(dataDir, file), `${JSON.stringify({ port })}\n`, { mode: 0o600 })
  } catch {
    // A folder that cannot be written is told by the progress store.
  }
}

/**
 * Starts with the port that was asked for, or else with the remembered one, or else, when another program has taken it
 * or the system withholds it, with any free one, which is remembered.
 * @param asked from `--port`; null when the flag was not given, 0 for any free port
 */
export async function onSteadyPort<S>(dataDir: string, asked: number | null, start: (port: number) => Promise<S>, portOf: (server: S) => number): Promise<S> {
  if (asked !== null) return start(asked)
  const known = rememberedPort(dataDir)
  if (known !== null) {
    try {
      return await start(known)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))) throw error
    }
  }
  const server = await start(0)
  rememberPort(dataDir, portOf(server))
  return server
}
