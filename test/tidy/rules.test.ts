/** House rules that a machine can check, each with what to do instead. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lineOf, root, sourceFiles } from './source-files.ts'
import type { SourceFile } from './source-files.ts'

interface Ban {
  name: string
  pattern: RegExp
  files: SourceFile[]
  instead: string
  allowed?: RegExp
}

const code = sourceFiles(['exercises', 'main', 'renderer'], /\.tsx?$/)
const production = code.filter((file) => !/\.test\.tsx?$/.test(file.path))
const exercises = production.filter((file) => file.path.startsWith('exercises/'))
const styles = sourceFiles(['renderer'], /\.css$/)
const prose = sourceFiles(['content'], /\.(md|yaml)$/)
const everything = sourceFiles(['.ci', 'content', 'docs', 'exercises', 'main', 'renderer', 'test'], /\.(ts|tsx|mjs|md|yaml|yml|json|css|html|sql|sh|run)$/)

const bans: Ban[] = [
  {
    name: 'exercises reads no clock',
    pattern: /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/,
    files: exercises,
    instead: 'take the time as an argument: same input, same bytes',
  },
  { name: 'exercises draws no ambient randomness', pattern: /\bMath\.random\(|\bcrypto\.(getRandomValues|randomUUID)\(/, files: exercises, instead: 'take a seeded stream as an argument' },
  { name: 'exercises sets no timers', pattern: /\b(setTimeout|setInterval|queueMicrotask)\(/, files: exercises, instead: 'let the host pace the work' },
  { name: 'exercises depends on no locale', pattern: /\.toLocale\w*\(|\bIntl\.|\.localeCompare\(/, files: exercises, instead: 'compare code units, format by hand' },
  {
    name: 'the simulated world uses portable mathematics',
    pattern: /\bMath\.(log|log2|log10|log1p|exp|expm1|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot)\(/,
    files: exercises.filter((file) => /^exercises\/simulator\/(engine|queueing|model|telemetry)\//.test(file.path) && !file.path.includes('.test.')),
    instead: 'take portableLog, portableExp or portablePower of exercises/simulator/engine: the last bit of these differs between hosts',
    // Statistics about a run decide nothing in it.
    allowed: /^exercises\/simulator\/queueing\/confidence\.ts$/,
  },
  { name: 'no any', pattern: /(?:(?::|<|\bas) ?any\b(?! [a-z]))/, files: code, instead: 'say what it is, or unknown and parse it' },
  { name: 'no HTML from strings', pattern: /dangerouslySetInnerHTML|\.innerHTML\s*=|insertAdjacentHTML|document\.write\(/, files: production, instead: 'render elements', allowed: /^renderer\/features\/reader\/diagram\// },
  {
    name: 'colours are tokens',
    pattern: /#[0-9a-fA-F]{3,8}\b|\b(rgb|hsl|oklch|oklab)a?\(/,
    files: [...styles, ...production.filter((file) => file.path.startsWith('renderer/'))].filter((file) => !file.path.startsWith('renderer/theme/') && !file.path.endsWith('.d.ts')),
    instead: 'use a custom property of renderer/theme/tokens.css',
    // In-page anchors such as href="#main" look like colours.
    allowed: /^$/,
  },
  { name: 'two font weights', pattern: /font-weight:(?!\s*(?:400|600|var|inherit)\b)/, files: styles.filter((file) => !file.path.startsWith('renderer/theme/')), instead: 'use 400 or 600' },
  { name: 'prose has no exclamation marks', pattern: /[A-Za-z)]!(\s|$)/m, files: prose, instead: 'end the sentence with a full stop' },
  {
    name: 'prose has no filler',
    pattern: /\b(simply|powerful|journey|superpower|in this section we will|let's dive|needless to say|it is important to note)\b/i,
    files: prose,
    instead: 'delete the word; see the voice rules in CONTRIBUTING.md',
  },
  { name: 'no registry host is named', pattern: /registry\.(npmjs|yarnpkg)|npmmirror|deb\.debian\.org/, files: everything.filter((file) => !file.path.startsWith('test/tidy/')), instead: 'say "the npm registry"' },
  { name: 'no path of one machine is named', pattern: /(^|[^\w.])\/(work|home|root)\/\w/, files: everything.filter((file) => !file.path.startsWith('test/tidy/')), instead: 'use a relative path' },
]

describe('house rules', () => {
  it.each(bans)('$name', ({ pattern, files, instead, allowed }) => {
    const breaches = files
      .filter((file) => allowed === undefined || !allowed.test(file.path))
      .flatMap((file) => {
        const found = pattern.exec(file.text)
        return found ? [`${file.path}:${lineOf(file.text, found.index)} "${found[0].trim()}"; ${instead}`] : []
      })
    expect(breaches).toEqual([])
  })

  it('files stay small enough to read', () => {
    const long = production.map((file) => ({ path: file.path, lines: file.text.split('\n').length })).filter((file) => file.lines > 400)
    expect(long).toEqual([])
  })

  it('file names are kebab-case', () => {
    const odd = code.map((file) => file.path.split('/').at(-1) ?? '').filter((name) => !/^[a-z0-9]+([-.][a-z0-9]+)*\.tsx?$/.test(name))
    expect(odd).toEqual([])
  })

  it('every dependency is justified in one line of docs/dependencies.md', async () => {
    const { readFile } = await import('node:fs/promises')
    const manifest: { dependencies: Record<string, string>; devDependencies: Record<string, string> } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    const table = await readFile(join(root, 'docs', 'dependencies.md'), 'utf8')
    const missing = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter((name) => !table.includes(`\`${name}\``))
    expect(missing).toEqual([])
  })

  it('the project stands on its own files', () => {
    for (const name of ['README.md', 'LICENSE', 'CONTRIBUTING.md', 'electron-builder.yml', 'docs/architecture.md', 'docs/authoring.md', 'docs/status.md']) {
      expect(existsSync(join(root, name)), name).toBe(true)
    }
  })
})
