/** What a diagram may not hold: it would reach out of the picture, or cost more than any answer needs. */
import type { Diagram, DiagramFault } from '../diagram.ts'
import type { Fields } from './fields.ts'
import { call, fieldsList, isFields, textOf } from './fields.ts'

/** Bounds of a text. The largest answer of the course needs a tenth of each. */
export const textLimits = { characters: 20_000, lines: 400, lineCharacters: 1_000 } as const
/** Bounds of a drawing: laying out more than this takes longer than anybody waits. */
export const drawingLimits = { nodes: 80, edges: 160, groups: 20 } as const

const stylesMessage = 'Styles may set colours and strokes, such as `fill:#eee`, and nothing else.'
const html = /<(?!br\s*\/?>)[a-z/!]/i
const directive = /%%\{/
const style = /^[\w-]+\s*:\s*[#\w\s.,%()/-]*$/

/** Refuses before anything is parsed; null when the text may be. */
export function refuseText(source: string, lines: readonly string[]): DiagramFault | null {
  if (source.length > textLimits.characters) return { line: 1, message: `The text has ${source.length} characters; at most ${textLimits.characters} are read.` }
  if (lines.length > textLimits.lines) return { line: textLimits.lines + 1, message: `The text has ${lines.length} lines; at most ${textLimits.lines} are read.` }
  const long = lines.findIndex((line) => line.length > textLimits.lineCharacters)
  if (long >= 0) return { line: long + 1, message: `This line has ${lines[long]?.length ?? 0} characters; at most ${textLimits.lineCharacters} are read.` }
  const settings = lines.findIndex((line) => directive.test(line))
  if (settings >= 0) return { line: settings + 1, message: 'Settings in `%%{ }%%` are not taken here: the app draws in its own colours. Delete them.' }
  if (/^\s*---/.test(source)) return { line: 1, message: 'Settings between `---` lines are not taken here. Begin with the kind of diagram, such as `flowchart LR`.' }
  const tag = lines.findIndex((line) => html.test(line))
  if (tag >= 0) return { line: tag + 1, message: 'A `<` before a letter is read as HTML. Of HTML only `<br>` is taken; for "less than" put a space after it.' }
  const image = lines.findIndex((line) => /@\{[^}]*\b(img|icon)\s*:/.test(line))
  if (image >= 0) return { line: image + 1, message: 'Images and icons are not taken here: a node is words in a shape.' }
  const fetching = lines.findIndex((line) => /^\s*(style|classDef|linkStyle)\b.*(url|import|\\)/i.test(line))
  if (fetching >= 0) return { line: fetching + 1, message: stylesMessage }
  return null
}

/** Refuses names that every JavaScript object has: Mermaid's layout takes them for its own. */
export function refuseNames({ nodes, groups }: Diagram): DiagramFault | null {
  const found = [...nodes, ...groups].find(({ id }) => id in Object.prototype)
  return found === undefined ? null : { line: found.line ?? 1, message: `Mermaid cannot draw something called \`${found.id}\`. Call it otherwise and keep the words: \`x["${found.id}"]\`.` }
}

/** Refuses what the parser read but must not be drawn: links, calls, images, styles that could fetch something. */
export function refuseContent(db: Fields, lines: readonly string[]): DiagramFault | null {
  const at = (pattern: RegExp): number => Math.max(lines.findIndex((line) => pattern.test(line)), 0) + 1
  const data = call(db, 'getData')
  const nodes = fieldsList(isFields(data) ? data['nodes'] : null)
  const actors = call(db, 'getActors')
  const people = actors instanceof Map ? fieldsList([...actors.values()]) : []
  const isLinked = (value: unknown): boolean => isFields(value) && Object.keys(value).length > 0
  if (nodes.some((node) => node['link'] !== undefined || node['haveCallback'] === true) || lines.some((line) => /^\s*click\s/.test(line))) {
    return { line: at(/^\s*click\s/), message: 'A diagram of this course opens nothing: delete the `click` line.' }
  }
  if (people.some((one) => isLinked(one['links']) || isLinked(one['properties'])) || lines.some((line) => /^\s*(links?|properties|details)\s+\S+\s*:/.test(line))) {
    return { line: at(/^\s*(links?|properties|details)\s/), message: 'Participants have no links or properties here: delete this line.' }
  }
  if (nodes.some((node) => node['img'] !== undefined || node['icon'] !== undefined)) {
    return { line: at(/\b(img|icon)\b/), message: 'Images and icons are not taken here: a node is words in a shape.' }
  }
  const styles = stylesOf(db, nodes, isFields(data) ? fieldsList(data['edges']) : [])
  if (styles.some((one) => !style.test(one) || /url|import|expression/i.test(one))) {
    return { line: at(/^\s*(style|classDef|linkStyle)\b/), message: stylesMessage }
  }
  return null
}

function stylesOf(db: Fields, nodes: readonly Fields[], edges: readonly Fields[]): string[] {
  const lists = [...nodes, ...edges].flatMap((one) => [one['cssStyles'], one['cssCompiledStyles'], one['style'], one['labelStyle']])
  const classes = call(db, 'getClasses')
  const named = classes instanceof Map ? fieldsList([...classes.values()]).flatMap((one) => [one['styles'], one['textStyles']]) : []
  return [...lists, ...named].flatMap((list) => (Array.isArray(list) ? list : [list])).map(textOf).flatMap((text) => text.split(';')).map((text) => text.trim()).filter((text) => text !== '')
}
