// `npm start`: sets up what is missing, picks a host, opens the app.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkNode, ensureBuild, ensureDependencies, node24, root, run, say, stop } from './steps.mjs'

const args = process.argv.slice(2)
const electronRetryMs = 24 * 60 * 60 * 1000

checkNode()
await ensureDependencies()
await ensureBuild()
const host = await chooseHost(requestedHost())
launch(host)

function requestedHost() {
  for (const [index, arg] of args.entries()) {
    if (arg === '--host') return args[index + 1]
    if (arg.startsWith('--host=')) return arg.slice('--host='.length)
  }
  return undefined
}

function hasDisplay() {
  if (process.platform !== 'linux') return true
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

/** Electron where its binary is there or can be fetched and a display exists; the browser host otherwise. */
async function chooseHost(requested) {
  if (requested === 'browser') return 'browser'
  if (requested === 'electron') {
    if (await electronReady(true)) return 'electron'
    stop('Electron’s binary is not installed and could not be fetched.', 'run `npm start -- --host browser`, which needs only an installed Chromium, Chrome or Edge.')
  }
  return hasDisplay() && !args.includes('--no-open') && (await electronReady(false)) ? 'electron' : 'browser'
}

function electronBinary() {
  const pathFile = join(root, 'node_modules', 'electron', 'path.txt')
  if (!existsSync(pathFile)) return null
  const binary = join(root, 'node_modules', 'electron', 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(binary) ? binary : null
}

/** Fetches the binary at most once a day when nobody insists, so that a machine without network starts fast. */
async function electronReady(insist) {
  if (electronBinary()) return true
  const stamp = join(root, 'node_modules', '.firedrill-electron-tried')
  if (!insist && existsSync(stamp) && Date.now() - Number(readFileSync(stamp, 'utf8')) < electronRetryMs) return false
  say('Fetching Electron’s binary (once; about 100 MB)...')
  const installer = join(root, 'node_modules', 'electron', 'install.js')
  const result = existsSync(installer) ? await run(node24, [installer], { quiet: true }) : { code: 1, output: '' }
  if (result.code === 0 && electronBinary()) return true
  writeFileSync(stamp, String(Date.now()))
  say('  not available now; using the browser host. Tried again tomorrow, or with `npm start -- --host electron`.')
  return false
}

function launch(chosen) {
  const program = join(root, 'dist', 'main', `${chosen}.js`)
  const isRoot = process.getuid?.() === 0
  const command = chosen === 'electron' ? electronBinary() : node24
  const programArgs = chosen === 'electron' ? [...(isRoot ? ['--no-sandbox'] : []), root, ...args] : ['--enable-source-maps', program, ...args]
  // The channel tells the browser host when this process is gone, however it ended.
  const stdio = chosen === 'electron' ? 'inherit' : ['inherit', 'inherit', 'inherit', 'ipc']
  const child = spawn(command, programArgs, { cwd: process.cwd(), stdio })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  endWithParent(() => child.kill('SIGTERM'))
  child.on('error', (error) => stop(`the app did not start: ${error.message}.`, 'delete node_modules and dist, then run the same command again.'))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGTERM' || signal === 'SIGINT' ? 0 : 1)))
}

/** npm signals only the shell between itself and us, and that dies without passing the signal on: watch for it. */
function endWithParent(end) {
  const parent = process.ppid
  if (process.platform === 'win32' || parent === 1) return
  setInterval(() => process.ppid !== parent && end(), 500).unref()
}
