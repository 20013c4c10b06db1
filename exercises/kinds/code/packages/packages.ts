/** Packages that programs of an exercise may import: real ones, each bundled into one ES module, with their types. */

/** What `packages` of an exercise may name. The first one imports nothing; the others import those before them. */
export const packageNames = ['@opentelemetry/api', '@opentelemetry/core', '@opentelemetry/sdk-trace'] as const
export type PackageName = (typeof packageNames)[number]

export interface CodePackages {
  /** Text of one ES module for each package, by its name. It imports other packages by their names, and nothing else. */
  modules: ReadonlyMap<string, string>
  /** Declaration files by path, such as `/node_modules/@opentelemetry/api/dist/index.d.mts`. */
  types: ReadonlyMap<string, string>
}

export const noPackages: CodePackages = { modules: new Map(), types: new Map() }

/** Path of the declarations of a package's entry. */
export function typesEntryOf(name: string): string {
  return `/node_modules/${name}/dist/index.d.mts`
}

/** The declaration file that `specifier` names in the file at `from`; null when there is none. */
export function resolveTypes(specifier: string, from: string, types: { has(path: string): boolean }): string | null {
  const path = typesPath(specifier, from)
  return types.has(path) ? path : null
}

/** Where the declarations of `specifier` stand, for a file at `from`, whether they are there or not. */
export function typesPath(specifier: string, from: string): string {
  if (!specifier.startsWith('.')) return typesEntryOf(specifier)
  const parts = from.split('/').slice(0, -1)
  for (const part of specifier.replace(/\.mjs$/, '.d.mts').split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}
