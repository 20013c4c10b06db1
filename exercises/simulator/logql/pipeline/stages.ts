import { parseFailure } from '../errors.ts'
import { matcherTest } from '../../query/matcher.ts'
import { compileRegex } from '../../regex/index.ts'
import type { LabelFilter, Stage, Unwrap } from '../syntax.ts'
import { TemplateRunError } from '../template/functions.ts'
import { parseTemplate } from '../template/parse.ts'
import { runTemplate, templateFields } from '../template/run.ts'
import { TemplateSyntaxError, type TemplateNode } from '../template/syntax.ts'
import { JsonFields, JSON_ERROR } from './json.ts'
import { parseJsonPath, valueAtPath } from './json-path.ts'
import { compileLabelFilter } from './label-filter.ts'
import { DUPLICATE_SUFFIX, ERROR_DETAILS_LABEL, ERROR_LABEL, type LabelsBuilder } from './labels-builder.ts'
import { compileLineFilter } from './line-filter.ts'
import { readLogfmt } from './logfmt.ts'
import type { LineCursor } from './line-cursor.ts'
import { isNeeded, sanitiseLabelName, type NeededLabels } from './needed-labels.ts'
import { parsePattern, readPattern } from './pattern.ts'

export const LOGFMT_ERROR = 'LogfmtParserErr'
export const TEMPLATE_ERROR = 'TemplateFormatErr'

/** Escape sequences of terminals, such as the one that turns text red. */
const TERMINAL_COLOUR = new RegExp(`${String.fromCharCode(0x1b)}\\[[0-?]*[ -/]*[@-~]`, 'g')

/** Works on a line and its labels; false when the line is out. */
export type CompiledStage = (line: LineCursor, builder: LabelsBuilder) => boolean

/** Makes a stage ready to run. Throws a failure with the place in the query when its pattern or template is wrong. */
export function compileStage(stage: Stage, needed: NeededLabels, query: string): CompiledStage | null {
  switch (stage.kind) {
    case 'line-filter': {
      return compileLineFilter(stage, query)
    }
    case 'label-filter': {
      const test = compileLabelFilter(stage.filter)
      return (_, builder) => test(builder)
    }
    case 'json':
    case 'logfmt':
    case 'regexp':
    case 'pattern':
      return needed.names?.size === 0 ? null : compileParser(stage, needed, query)
    case 'unpack': return unpack(needed)
    case 'decolorize': return (line) => {
      line.replace(line.text.replaceAll(TERMINAL_COLOUR, ''))
      return true
    }
    case 'line-format': {
      const template = templateOf(stage.template, stage.templatePlace, 'invalid line template', query)
      return (line, builder) => {
        const text = fill(template, line, builder)
        if (text !== null) line.replace(text)
        return true
      }
    }
    case 'label-format': return labelFormat(stage, query)
    case 'drop': {
      const selections = stage.labels.map(({ name, matcher }) => ({ name, test: matcher === null ? null : matcherTest(matcher) }))
      return (_, builder) => {
        for (const { name, test } of selections) if (test === null || test(builder.get(name) ?? '')) builder.delete(name)
        return true
      }
    }
    case 'keep': {
      const selections = stage.labels.map(({ name, matcher }) => ({ name, test: matcher === null ? null : matcherTest(matcher) }))
      return (_, builder) => {
        for (const name of builder.currentNames()) {
          if (name === ERROR_LABEL || name === ERROR_DETAILS_LABEL) continue
          if (!selections.some((kept) => kept.name === name && (kept.test === null || kept.test(builder.get(name) ?? '')))) builder.delete(name)
        }
        return true
      }
    }
  }
}

function parsedName(builder: LabelsBuilder, name: string): string {
  return builder.streamHas(name) ? name + DUPLICATE_SUFFIX : name
}

function compileParser(stage: Extract<Stage, { kind: 'json' | 'logfmt' | 'regexp' | 'pattern' }>, needed: NeededLabels, query: string): CompiledStage {
  if (stage.kind === 'json') {
    if (stage.extractions.length > 0) return jsonExpressions(stage, query)
    const fields = new JsonFields(needed)
    return (line, builder) => {
      fields.extract(line, builder)
      return true
    }
  }
  if (stage.kind === 'logfmt') return logfmt(stage, needed)
  if (stage.kind === 'pattern') {
    const pattern = parsePattern(stage.pattern, 'parser')
    if (typeof pattern === 'string') {
      throw parseFailure(query, stage.patternPlace.start, stage.patternPlace.end, `invalid pattern: ${pattern}`, 'Name what you take in angle brackets, <_> for what you skip: `<ip> - <_> "<method> <path>"`.')
    }
    return (line, builder) => {
      readPattern(pattern, line.text, (name, value) => {
        const label = parsedName(builder, name)
        if (isNeeded(needed, label)) builder.set(label, value)
      })
      return true
    }
  }
  const regex = compileRegex(stage.pattern)
  const groups = regex.groupNames.flatMap((name, group) => (name === null ? [] : [{ name, group }]))
  if (groups.length === 0) {
    throw parseFailure(query, stage.patternPlace.start, stage.patternPlace.end, 'at least one named capture must be supplied', 'Name a group: `(?P<status>\\d{3})`.')
  }
  return (line, builder) => {
    const text = line.text
    const slots = regex.find(text)
    if (slots === null) return true
    for (const { name, group } of groups) {
      const label = parsedName(builder, name)
      const start = slots[group * 2] ?? -1
      if (isNeeded(needed, label)) builder.set(label, start < 0 ? '' : text.slice(start, slots[group * 2 + 1]))
    }
    return true
  }
}

function jsonExpressions(stage: Extract<Stage, { kind: 'json' }>, query: string): CompiledStage {
  const paths = stage.extractions.map(({ name, expression, place }) => {
    const path = parseJsonPath(expression)
    if (path === null) throw parseFailure(query, place.start, place.end, `cannot parse expression [${expression}]`, 'Write a path such as "request.headers[\\"User-Agent\\"]" or "servers[0]".')
    return { name, path }
  })
  return (line, builder) => {
    const root = parsedJson(line, builder)
    if (root !== undefined) for (const { name, path } of paths) builder.set(parsedName(builder, name), valueAtPath(root, path))
    return true
  }
}

/** The value of a line that is JSON; undefined, and an error on the line, for any other. */
function parsedJson(line: LineCursor, builder: LabelsBuilder): unknown {
  try {
    return JSON.parse(line.text)
  } catch {
    builder.setError(JSON_ERROR, 'Malformed JSON error')
    return undefined
  }
}

function logfmt(stage: Extract<Stage, { kind: 'logfmt' }>, needed: NeededLabels): CompiledStage {
  const names = new Map<string, string>()
  for (const { name, expression } of stage.extractions) names.set(sanitiseLabelName(expression, true), name)
  return (line, builder) => {
    let found = 0
    const problem = readLogfmt(line.text, stage.strict, (key, value) => {
      const field = sanitiseLabelName(key, true)
      const name = stage.extractions.length === 0 ? field : names.get(field)
      if (name === undefined || name === '' || (value === '' && !stage.keepEmpty)) return true
      const label = parsedName(builder, name)
      if (!isNeeded(needed, label)) return true
      if (needed.names !== null && builder.get(label) === undefined) found += 1
      builder.set(label, value.includes('\ufffd') ? '' : value)
      return needed.names === null || found < needed.names.size
    })
    if (problem !== null && stage.strict) builder.setError(LOGFMT_ERROR, problem)
    return true
  }
}

function unpack(needed: NeededLabels): CompiledStage {
  return (line, builder) => {
    const root = parsedJson(line, builder)
    if (root === undefined) return true
    if (typeof root !== 'object' || root === null || Array.isArray(root)) {
      builder.setError(JSON_ERROR, 'expecting json object(6), but it is not')
      return true
    }
    for (const [key, value] of Object.entries(root)) {
      if (typeof value !== 'string') continue
      const label = parsedName(builder, sanitiseLabelName(key, true))
      if (key === '_entry') line.replace(value)
      else if (isNeeded(needed, label)) builder.set(label, value)
    }
    return true
  }
}

function templateOf(template: string, place: { start: number; end: number }, what: string, query: string): TemplateNode[] {
  try {
    return parseTemplate(template)
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error
    // Behind the opening quote; escapes before the fault would shift it, so the place is that of the template at the least.
    const start = query.slice(place.start, place.end).includes('\\') ? place.start : Math.min(place.start + 1 + error.offset, place.end)
    throw parseFailure(query, start, place.end, `${what}: ${error.message}`, 'A label is written {{.level}}; functions come before their arguments or behind a pipe: {{.level | ToUpper}}.')
  }
}

/** The filled-in template, or null with an error on the line. */
function fill(template: readonly TemplateNode[], line: LineCursor, builder: LabelsBuilder): string | null {
  try {
    return runTemplate(template, line, (name) => builder.get(name))
  } catch (error) {
    if (!(error instanceof TemplateRunError)) throw error
    builder.setError(TEMPLATE_ERROR, error.message)
    return null
  }
}

function labelFormat(stage: Extract<Stage, { kind: 'label-format' }>, query: string): CompiledStage {
  const formats = stage.formats.map(({ name, from, start, end }) =>
    'label' in from ? { name, label: from.label, template: null } : { name, label: '', template: templateOf(from.template, { start, end }, `invalid template for label '${name}'`, query) })
  return (line, builder) => {
    // As in Loki, all templates of a stage see the labels as they were at the first of them.
    let texts: (string | null)[] | null = null
    formats.forEach(({ name, label, template }, index) => {
      if (template !== null) {
        texts ??= formats.map((format) => (format.template === null ? null : fill(format.template, line, builder)))
        const text = texts[index] ?? null
        if (text !== null) builder.set(name, text)
        return
      }
      const value = builder.get(label)
      if (value === undefined || name === label) return
      builder.set(name, value)
      builder.delete(label)
    })
    return true
  }
}

/** Labels that stages read, and those that they compare. */
export function referencedLabels(stages: readonly Stage[], unwrap: Unwrap | null): Set<string> {
  const names = new Set<string>()
  const visit = (filter: LabelFilter): void => {
    if ('left' in filter) {
      visit(filter.left)
      visit(filter.right)
    } else {
      names.add(filter.kind === 'text' ? filter.matcher.name : filter.name)
    }
  }
  for (const stage of stages) {
    if (stage.kind === 'label-filter') visit(stage.filter)
    if (stage.kind === 'drop' || stage.kind === 'keep') for (const { name } of stage.labels) names.add(name)
    if (stage.kind === 'line-format') for (const name of fieldsOf(stage.template)) names.add(name)
    if (stage.kind === 'label-format') {
      for (const { from } of stage.formats) for (const name of 'label' in from ? [from.label] : fieldsOf(from.template)) names.add(name)
    }
  }
  if (unwrap !== null) {
    names.add(unwrap.label)
    unwrap.filters.forEach(visit)
  }
  return names
}

function fieldsOf(template: string): string[] {
  try {
    return templateFields(parseTemplate(template))
  } catch (error) {
    // Told with its place when the stage is compiled.
    if (error instanceof TemplateSyntaxError) return []
    throw error
  }
}

/** Whether a query compares the error label, and so wants to see lines with errors. */
export function looksAtErrors(stages: readonly Stage[], unwrap: Unwrap | null): boolean {
  const filters = stages.filter((stage) => stage.kind === 'label-filter')
  const names = referencedLabels(filters, unwrap)
  return names.has(ERROR_LABEL) || names.has(ERROR_DETAILS_LABEL)
}
