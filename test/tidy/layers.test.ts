/** Imports point downward only: content <- exercises <- main, renderer; main and renderer meet in main/api. */
import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { parseAst } from 'vite'
import { describe, expect, it } from 'vitest'
import { lineOf, sourceFiles } from './source-files.ts'
import type { SourceFile } from './source-files.ts'

const builtins = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)])

interface Import {
  from: SourceFile
  line: number
  /** A package name, or a path relative to the project. */
  target: string
}

/** Each rule refuses an import and says what to do instead. */
const rules: { name: string; refuses(file: string, target: string): boolean; instead: string }[] = [
  {
    name: 'exercises imports nothing of main or renderer',
    refuses: (file, target) => file.startsWith('exercises/') && /^(main|renderer|test)\//.test(target),
    instead: 'pass what is needed as an argument; exercises/ runs in a worker, in Node and in tests alike',
  },
  {
    name: 'exercises does not know Node, the DOM or a window',
    refuses: (file, target) => file.startsWith('exercises/') && (builtins.has(target) || ['electron', 'react', 'react-dom', 'better-sqlite3', 'ws', 'jsdom'].includes(target)),
    instead: 'define a small interface in exercises/ and let main/ or renderer/ implement it',
  },
  {
    name: 'main does not import renderer',
    refuses: (file, target) => file.startsWith('main/') && target.startsWith('renderer/'),
    instead: 'share a type or schema through main/api',
  },
  {
    name: 'renderer takes only main/api from main',
    refuses: (file, target) => file.startsWith('renderer/') && target.startsWith('main/') && !target.startsWith('main/api/'),
    instead: 'add a call to the contract',
  },
  {
    name: 'renderer does not import Node or native modules',
    refuses: (file, target) => file.startsWith('renderer/') && file !== 'renderer/vite.config.ts' && (builtins.has(target) || ['electron', 'better-sqlite3', 'ws'].includes(target)),
    instead: 'ask the core through main/api',
  },
  {
    name: 'electron is imported by the Electron host only',
    refuses: (file, target) => target === 'electron' && !file.startsWith('main/hosts/electron/'),
    instead: 'put it behind the host interface',
  },
  {
    name: 'SQL drivers are imported under main/storage only',
    refuses: (file, target) => target === 'better-sqlite3' && !file.startsWith('main/storage/'),
    instead: 'add a method to the store',
  },
  {
    name: 'a host imports no other host',
    refuses: (file, target) =>
      (file.startsWith('main/hosts/electron/') && target.startsWith('main/hosts/browser/')) || (file.startsWith('main/hosts/browser/') && target.startsWith('main/hosts/electron/')),
    instead: 'move what both need to main/hosts/shared',
  },
]

function importsOf(file: SourceFile): Import[] {
  const found: Import[] = []
  const program: unknown = parseAst(file.text, { lang: file.path.endsWith('x') ? 'tsx' : 'ts' })
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null) return
    if ('type' in node && /^(Import|Export)(Declaration|AllDeclaration|NamedDeclaration|Expression)$/.test(String(node.type)) && 'source' in node) {
      const source = node.source
      if (typeof source === 'object' && source !== null && 'value' in source && typeof source.value === 'string' && 'start' in source) {
        const value = source.value.split('?')[0] ?? ''
        const target = value.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file.path), value)) : value
        found.push({ from: file, line: lineOf(file.text, Number(source.start)), target })
      }
    }
    Object.values(node).forEach(visit)
  }
  visit(program)
  return found
}

describe('imports', () => {
  const files = sourceFiles(['exercises', 'main', 'renderer'], /\.tsx?$/).filter((file) => !/\.test\.tsx?$/.test(file.path))
  const imports = files.flatMap(importsOf)

  it('are found at all', () => {
    expect(imports.length).toBeGreaterThan(50)
  })

  it.each(rules)('$name', ({ refuses, instead }) => {
    const breaches = imports
      .filter((entry) => refuses(entry.from.path, entry.target))
      .map((entry) => `${entry.from.path}:${entry.line} imports ${entry.target}; ${instead}`)
    expect(breaches).toEqual([])
  })
})
