// What `npm start` and `npm test` share: dependencies, build, progress. Plain JavaScript without dependencies, because
// on a fresh clone it runs before anything is installed, on whatever Node the machine has.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const windows = process.platform === 'win32'

/** Node 24 from the project's own dependencies: the SQLite binding needs it, whatever the machine has. */
export const node24 = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node')

/** Progress goes to stderr, so that stdout stays clean for programs. */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** Ends with one sentence and a next step. */
export function stop(problem, nextStep) {
  say(`\nFiredrill cannot go on: ${problem}\nNext step: ${nextStep}`)
  process.exit(1)
}

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) stop(`Node ${process.versions.node} is too old.`, 'install Node 20.19 or newer, then run the same command again.')
}

/** Runs a command, its output indented on stderr when `quiet` is false, kept for the error otherwise. */
export function run(command, args, { quiet = false, env = {}, shell = false, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], shell })
    let output = ''
    const collect = (chunk) => {
      output += chunk
      if (!quiet) process.stderr.write(chunk)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', (error) => resolve({ code: 127, output: String(error) }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

function hash(...parts) {
  const sum = createHash('sha256')
  for (const part of parts) sum.update(part)
  return sum.digest('hex')
}

/**
 * Runs `work` while no other process sets up this folder: two installs at once leave neither whole. The lock is a folder,
 * which only one process can make, outside of what is installed; one whose owner has died is taken over.
 */
async function alone(work) {
  const lock = join(tmpdir(), `firedrill-setup-${hash(root).slice(0, 16)}`)
  const owner = join(lock, 'pid')
  let told = false
  for (;;) {
    try {
      mkdirSync(lock)
      writeFileSync(owner, String(process.pid))
      break
    } catch (error) {
      if (error.code !== 'EEXIST') break // No place for a lock is no reason not to start.
    }
    if (!isAlive(owner)) rmSync(lock, { recursive: true, force: true })
    else if (!told) say('Waiting for another start of Firedrill to finish its set-up...')
    told = true
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function isAlive(pidFile) {
  try {
    // A process id may have gone to somebody else since.
    if (Date.now() - statSync(pidFile).mtimeMs > 30 * 60_000) return false
    process.kill(Number(readFileSync(pidFile, 'utf8')), 0)
    return true
  } catch (error) {
    // EPERM: it runs, as somebody else. No file yet: its owner is about to write it.
    return error.code === 'EPERM' || (error.code === 'ENOENT' && existsSync(dirname(pidFile)) && Date.now() - statSync(dirname(pidFile)).mtimeMs < 5_000)
  }
}

/** Installs what package-lock.json names, when it differs from what was installed last. */
export async function ensureDependencies() {
  if (installed() === null) return
  await alone(install)
}

/** What has to be installed, as a fingerprint; null when it is. */
function installed() {
  const stamp = join(root, 'node_modules', '.firedrill-installed')
  const wanted = hash(readFileSync(join(root, 'package-lock.json')), process.platform, process.arch)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(node24) ? null : wanted
}

async function install() {
  const wanted = installed()
  if (wanted === null) return
  say('Installing dependencies (once; about a minute)...')
  const started = Date.now()
  const ticker = setInterval(() => say(`  still installing, ${Math.round((Date.now() - started) / 1000)} s`), 15_000)
  const npm = npmCommand()
  // No install scripts: every binary we use lies in its package. With scripts npm would set up a compiler for
  // better-sqlite3, since its lock file does not keep the package's `gypfile: false`, and fail where there is none.
  const result = await run(npm.command, [...npm.args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true, shell: npm.shell })
  clearInterval(ticker)
  if (result.code !== 0) {
    say(result.output.trim().split('\n').slice(-15).join('\n'))
    stop('npm could not install the dependencies (its own words are above).', 'check the network connection and free disk space, then run the same command again.')
  }
  await ensureNode24()
  writeFileSync(join(root, 'node_modules', '.firedrill-installed'), wanted)
  say(`  installed in ${Math.round((Date.now() - started) / 1000)} s`)
}

/** npm as started by itself, so that no second version comes into play. */
function npmCommand() {
  const script = process.env['npm_execpath']
  if (script && script.endsWith('.js')) return { command: process.execPath, args: [script], shell: false }
  return { command: 'npm', args: [], shell: windows }
}

/** Install scripts are not run; the `node` package links its binary in one. */
async function ensureNode24() {
  if (existsSync(node24)) return
  const folder = join(root, 'node_modules', 'node')
  // It links into the folder in which it runs, and asks npm for the binary's package.
  const result = await run(process.execPath, [join(folder, 'installArchSpecificPackage.js')], { quiet: true, cwd: folder, env: { npm_config_ignore_scripts: 'true' } })
  if (result.code !== 0 || !existsSync(node24)) stop('the Node 24 that comes with the dependencies was not set up.', 'delete node_modules and run the same command again.')
}

const builtFrom = ['renderer', 'main', 'exercises', 'content', 'package-lock.json', 'package.json']

/** A fingerprint of everything the build reads: names, sizes and times, which takes milliseconds. */
function sourceFingerprint() {
  const sum = createHash('sha256')
  const visit = (path) => {
    const stat = statSync(path)
    if (stat.isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(path, name))
      return
    }
    if (path.includes('.test.')) return
    sum.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`)
  }
  for (const name of builtFrom) visit(join(root, name))
  return sum.digest('hex')
}

/** Builds the window and the hosts when a source changed since the last build. */
export async function ensureBuild() {
  if (isBuilt(sourceFingerprint())) return
  await alone(buildOnce)
}

function isBuilt(fingerprint) {
  const stamp = join(root, 'dist', '.built-from')
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint
}

async function buildOnce() {
  const wanted = sourceFingerprint()
  if (isBuilt(wanted)) return
  say('Building the app (once after each change; about 20 seconds)...')
  const started = Date.now()
  const result = await run(node24, [join(root, 'main', 'launch', 'build.mjs')], { quiet: true })
  if (result.code !== 0) {
    say(result.output.trim().split('\n').slice(-40).join('\n'))
    stop('the build failed (its own words are above).', 'if you changed nothing, delete dist and node_modules and run the same command again; otherwise fix the file that is named.')
  }
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(join(root, 'dist', '.built-from'), wanted)
  say(`  built in ${Math.round((Date.now() - started) / 1000)} s`)
}

/** True when a program is on the PATH. */
export function onPath(name) {
  return spawnSync(windows ? 'where' : 'which', [name], { stdio: 'ignore' }).status === 0
}
