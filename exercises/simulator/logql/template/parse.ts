import { nearestName } from '../../query/nearest-name.ts'
import { unquote } from '../tokens.ts'
import { TEMPLATE_FUNCTIONS } from './functions.ts'
import { TemplateSyntaxError, type Command, type Operand, type Pipeline, type TemplateNode } from './syntax.ts'

interface Word { readonly text: string; readonly offset: number }

/**
 * Reads a template: text, `{{.field}}`, functions, pipes, parentheses, `if`/`else if`/`else`/`end`, comments and `{{-`
 * trimming. Variables, `range`, `with` and `define` are refused. Throws {@link TemplateSyntaxError}.
 */
export function parseTemplate(template: string): TemplateNode[] {
  const stack: { branches: { condition: Pipeline | null; body: TemplateNode[] }[]; offset: number }[] = []
  const root: TemplateNode[] = []
  const body = (): TemplateNode[] => stack.at(-1)?.branches.at(-1)?.body ?? root
  let position = 0
  let trimNext = false
  while (position < template.length) {
    const open = template.indexOf('{{', position)
    let text = template.slice(position, open < 0 ? undefined : open)
    if (trimNext) text = text.trimStart()
    const isTrimmedBefore = open >= 0 && /^\{\{-\s/.test(template.slice(open, open + 4))
    if (isTrimmedBefore) text = text.trimEnd()
    if (text !== '') body().push({ kind: 'text', text })
    if (open < 0) break
    const close = closingBraces(template, open + 2)
    if (close < 0) throw new TemplateSyntaxError('unclosed action', open)
    let inside = template.slice(open + 2, close)
    let start = open + 2
    if (isTrimmedBefore) {
      inside = inside.slice(1)
      start += 1
    }
    trimNext = /\s-$/.test(inside)
    if (trimNext) inside = inside.slice(0, -1)
    position = close + 2
    if (/^\s*\/\*[\s\S]*\*\/\s*$/.test(inside)) continue
    const words = splitWords(inside, start)
    const keyword = words[0]?.text
    const rest = words.slice(1)
    if (keyword === 'if') {
      stack.push({ branches: [{ condition: parsePipeline(rest, start), body: [] }], offset: open })
      if (stack.length > 50) throw new TemplateSyntaxError('if nests too deeply', open)
    } else if (keyword === 'else') {
      const top = stack.at(-1)
      if (top === undefined || top.branches.at(-1)?.condition === null) throw new TemplateSyntaxError('unexpected {{else}}', open)
      if (rest.length > 0 && rest[0]?.text !== 'if') throw new TemplateSyntaxError(`unexpected ${rest[0]?.text ?? ''} in else`, rest[0]?.offset ?? open)
      top.branches.push({ condition: rest.length > 0 ? parsePipeline(rest.slice(1), start) : null, body: [] })
    } else if (keyword === 'end') {
      const top = stack.pop()
      if (top === undefined) throw new TemplateSyntaxError('unexpected {{end}}', open)
      body().push({ kind: 'if', branches: top.branches })
    } else if (keyword === 'range' || keyword === 'with' || keyword === 'define' || keyword === 'template' || keyword === 'block') {
      throw new TemplateSyntaxError(`${keyword} is not supported here`, words[0]?.offset ?? open)
    } else {
      body().push({ kind: 'action', pipeline: parsePipeline(words, start) })
    }
  }
  const unclosed = stack.at(-1)
  if (unclosed !== undefined) throw new TemplateSyntaxError('unexpected EOF: {{if}} without {{end}}', unclosed.offset)
  return root
}

function closingBraces(template: string, from: number): number {
  for (let position = from; position < template.length; position += 1) {
    const character = template[position]
    if (character === '"' || character === '`') {
      const end = stringEnd(template, position)
      if (end < 0) throw new TemplateSyntaxError('unterminated quoted string', position)
      position = end - 1
    } else if (template.startsWith('}}', position)) {
      return position
    }
  }
  return -1
}

function stringEnd(text: string, from: number): number {
  const quote = text[from]
  for (let position = from + 1; position < text.length; position += 1) {
    if (quote === '"' && text[position] === '\\') position += 1
    else if (text[position] === quote) return position + 1
  }
  return -1
}

function splitWords(text: string, start: number): Word[] {
  const words: Word[] = []
  const word = /\s+|[|()]|"(?:[^"\\]|\\.)*"|`[^`]*`|[^\s|()"`]+/y
  let position = 0
  while (position < text.length) {
    word.lastIndex = position
    const match = word.exec(text)
    if (match === null) throw new TemplateSyntaxError(`unexpected ${JSON.stringify(text[position])} in operand`, start + position)
    if (match[0].trim() !== '') words.push({ text: match[0], offset: start + position })
    position = word.lastIndex
  }
  return words
}

function parsePipeline(words: readonly Word[], offset: number): Pipeline {
  const reader = { index: 0, depth: 0 }
  const pipeline = readPipeline(words, reader, offset)
  const extra = words[reader.index]
  if (extra !== undefined) throw new TemplateSyntaxError(`unexpected ${extra.text} in command`, extra.offset)
  return pipeline
}

function readPipeline(words: readonly Word[], reader: { index: number; depth: number }, offset: number): Pipeline {
  const commands: Command[] = []
  reader.depth += 1
  if (reader.depth > 50) throw new TemplateSyntaxError('parentheses nest too deeply', offset)
  do {
    if (commands.length > 0) reader.index += 1
    commands.push(readCommand(words, reader, offset, commands.length > 0))
  } while (words[reader.index]?.text === '|')
  reader.depth -= 1
  return commands
}

function readCommand(words: readonly Word[], reader: { index: number; depth: number }, offset: number, isPiped: boolean): Command {
  const first = words[reader.index]
  if (first === undefined || first.text === '|' || first.text === ')') throw new TemplateSyntaxError('missing value for command', first?.offset ?? offset)
  const isCall = /^[A-Za-z_]\w*$/.test(first.text) && !/^(?:true|false|nil)$/.test(first.text)
  if (isCall) reader.index += 1
  const operands: Operand[] = []
  for (let word = words[reader.index]; word !== undefined && word.text !== '|' && word.text !== ')'; word = words[reader.index]) {
    operands.push(readOperand(words, reader, word))
  }
  if (!isCall) {
    const [operand, extra] = operands
    if (operand === undefined || extra !== undefined) throw new TemplateSyntaxError(`can't give argument to non-function ${first.text}`, first.offset)
    if (isPiped) throw new TemplateSyntaxError(`non executable command in pipeline: ${first.text}`, first.offset)
    return { kind: 'value', operand }
  }
  const known = Object.hasOwn(TEMPLATE_FUNCTIONS, first.text) ? TEMPLATE_FUNCTIONS[first.text] : undefined
  if (known === undefined) {
    const meant = nearestName(first.text, Object.keys(TEMPLATE_FUNCTIONS))
    throw new TemplateSyntaxError(`function "${first.text}" not defined${meant === null ? '' : `; did you mean ${meant}?`}`, first.offset)
  }
  const count = operands.length + (isPiped ? 1 : 0)
  if (count < known.minimum || count > known.maximum) {
    const want = known.minimum === known.maximum ? `${known.minimum}` : `at least ${known.minimum}`
    throw new TemplateSyntaxError(`wrong number of args for ${first.text}: want ${want} got ${count}`, first.offset)
  }
  return { kind: 'call', name: first.text, operands }
}

function readOperand(words: readonly Word[], reader: { index: number; depth: number }, word: Word): Operand {
  const { text, offset } = word
  reader.index += 1
  if (text === '(') {
    const pipeline = readPipeline(words, reader, offset)
    if (words[reader.index]?.text !== ')') throw new TemplateSyntaxError('unclosed left paren', offset)
    reader.index += 1
    return { kind: 'pipeline', pipeline }
  }
  if (/^["`]/.test(text)) {
    const value = unquote(text)
    if (value === null) throw new TemplateSyntaxError(`invalid syntax: ${text}`, offset)
    return { kind: 'literal', value }
  }
  if (/^\.[A-Za-z_]\w*$/.test(text)) return { kind: 'field', name: text.slice(1) }
  if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' }
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return { kind: 'literal', value: Number(text) }
  if (/^[A-Za-z_]\w*$/.test(text) && Object.hasOwn(TEMPLATE_FUNCTIONS, text)) return { kind: 'pipeline', pipeline: [{ kind: 'call', name: text, operands: [] }] }
  if (text.startsWith('$')) throw new TemplateSyntaxError(`variables such as ${text} are not supported here`, offset)
  throw new TemplateSyntaxError(`unexpected ${text} in operand: a label is written with a dot, such as .level`, offset)
}
