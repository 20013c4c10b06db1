/** Command-line flags of both hosts. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fail, ok } from '../../../exercises/core/result.ts'
import type { Result } from '../../../exercises/core/result.ts'

export interface HostOptions {
  dataDir: string
  /** Null: the port of the last launch where it is free. 0: any free port. Browser host only. */
  port: number | null
  /** Open a window; `--no-open` prints the address instead. */
  open: boolean
  development: boolean
}

export const usage = `npm start [-- flags]
  --host browser|electron  which host shows the window (default: Electron where it is installed)
  --data DIR               where progress is kept
  --port N                 port of the browser host (default: the one of the last start; 0: any free one)
  --no-open                print the address, open nothing`

/** Parses flags. The error is one sentence fit to print. */
export function parseHostOptions(args: string[], environment: Readonly<Record<string, string | undefined>> = process.env): Result<HostOptions, string> {
  let values
  try {
    values = parseArgs({
      args,
      options: {
        host: { type: 'string' },
        data: { type: 'string' },
        port: { type: 'string' },
        open: { type: 'boolean', default: true },
        development: { type: 'boolean', default: false },
      },
      allowNegative: true,
    }).values
  } catch (error) {
    return fail(error instanceof Error ? (error.message.split('. To specify')[0] ?? error.message) : String(error))
  }
  if (values.host !== undefined && values.host !== 'browser' && values.host !== 'electron') return fail(`--host is browser or electron, not "${values.host}".`)
  const port = values.port === undefined ? null : Number(values.port)
  if (port !== null && (values.port === '' || !Number.isInteger(port) || port < 0 || port > 65_535)) return fail(`--port is a number from 0 to 65535, not "${values.port}".`)
  if (values.data === '') return fail('--data needs a folder.')
  return ok({
    dataDir: values.data === undefined ? defaultDataDir(process.platform, environment) : resolve(values.data),
    port,
    open: values.open,
    development: values.development,
  })
}

/** The same folder for both hosts, so that progress does not depend on which one is used. */
export function defaultDataDir(platform: NodeJS.Platform, environment: Readonly<Record<string, string | undefined>>): string {
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Firedrill')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Firedrill')
  return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'firedrill')
}
