/** YAML with line numbers: parse, check against a schema, and say at which line each complaint is. */
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml'
import type { Document, Node } from 'yaml'
import type { z } from 'zod'
import type { Problem } from '../../core/problem.ts'

type Path = readonly PropertyKey[]

/** A YAML text that can answer where things stand in its file. */
export interface YamlSource {
  /** Plain data; undefined when the text does not parse. */
  value: unknown
  /** The file's line of a value (or of its key), or of the nearest parent that exists. */
  lineOf(path: Path): number
  /** The file's line at which the text of a block scalar (`|`) starts, or the line of a plain value. */
  textLineOf(path: Path): number
  problems: Problem[]
}

/** Parses YAML. `firstLine` is the file's line of the first line of `text`. Never throws. */
export function parseYamlSource(options: { file: string; text: string; firstLine: number; rule?: string }): YamlSource {
  const { file, text, firstLine, rule = 'yaml.malformed' } = options
  const lines = new LineCounter()
  const fileLine = (offset: number): number => Math.max(1, lines.linePos(offset).line + firstLine - 1)
  const problem = (line: number, message: string): Problem => ({ file, line, severity: 'error', rule, message })
  let document: Document.Parsed
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, maxAliasCount: 100 } as Parameters<typeof parseDocument>[1])
  } catch (error) {
    return { value: undefined, lineOf: () => firstLine, textLineOf: () => firstLine, problems: [problem(firstLine, `This is not YAML: ${messageOf(error)}.`)] }
  }
  // One mistake makes the parser lose its way: what follows the first complaint is noise.
  const problems = document.errors.slice(0, 1).map((error) => problem(fileLine(error.pos[0]), `This is not YAML: ${firstSentence(error.message)}.`))
  let value: unknown
  if (problems.length === 0) {
    try {
      value = document.toJS({ maxAliasCount: 100 })
    } catch (error) {
      problems.push(problem(firstLine, `This is not YAML: ${messageOf(error)}.`))
    }
  }
  const lineAt = (path: Path): number => fileLine(offsetOf(document, path))
  return { value, lineOf: lineAt, textLineOf: (path) => textLine(document, path, fileLine), problems }
}

function messageOf(error: unknown): string {
  return firstSentence(error instanceof Error ? error.message : String(error))
}

function firstSentence(message: string): string {
  return (message.split('\n', 1)[0] ?? message).replace(/[.:]\s*$/, '')
}

/** Offset of the key of the deepest part of `path` that exists (of the item, in a sequence). */
function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part))
      if (!pair) break
      offset = startOf(pair.key) ?? offset
      node = pair.value
    } else if (isNode(node) && 'items' in node && typeof part === 'number') {
      node = (node.items as unknown[])[part]
      if (node === undefined) break
      offset = startOf(node) ?? offset
    } else break
  }
  return offset
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node & { range?: [number, number, number] | null }).range?.[0] : undefined
}

function textLine(document: Document.Parsed, path: Path, fileLine: (offset: number) => number): number {
  const node = document.getIn(path as unknown[], true)
  const start = startOf(node)
  if (start === undefined) return fileLine(offsetOf(document, path))
  const block = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
  return fileLine(start) + (block ? 1 : 0)
}

/** Checks parsed YAML against a schema, strictly; complaints stand at the line of the key they are about. */
export function checkYaml<T>(source: YamlSource, file: string, schema: z.ZodType<T>): { value: T | null; problems: Problem[] } {
  if (source.problems.length > 0) return { value: null, problems: source.problems }
  const parsed = schema.safeParse(source.value)
  if (parsed.success) return { value: parsed.data, problems: [] }
  const problems = parsed.error.issues.flatMap((issue): Problem[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ file, line: source.lineOf([...issue.path, key]), severity: 'error', rule: 'schema.unknown-key', message: `"${key}" is not a known property${where(issue.path)}.` }))
    }
    return [{ file, line: source.lineOf(issue.path), severity: 'error', rule: 'schema.invalid', message: `${pathText(issue.path)}: ${sentence(issue.message)}` }]
  })
  return { value: null, problems }
}

function where(path: Path): string {
  return path.length === 0 ? '' : ` of ${pathText(path)}`
}

function pathText(path: Path): string {
  return path.length === 0 ? 'the file' : path.map(String).join('.')
}

function sentence(message: string): string {
  const text = message.replace(/^Invalid input: /, '')
  return /[.?]$/.test(text) ? text : `${text}.`
}
