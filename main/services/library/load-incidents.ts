/** Finds the incidents of a content folder, reads them and compiles their texts. */
import type { Findings } from '../../../exercises/content/compile/scope.ts'
import { compilerVersion } from '../../../exercises/content/compile/version.ts'
import type { IncidentSummary } from '../../../exercises/content/model.ts'
import type { IncidentBundle } from '../../api/contract.ts'
import type { CompileCache } from './compile-cache.ts'
import { hashOf, listFilesDeep, listFolder, readSource } from './source-files.ts'

/** An incident's folder and what came of it. */
export interface IncidentFolder extends Findings {
  id: string
  bundle: IncidentBundle | null
  summary: IncidentSummary | null
  revision: string
}

/** Raised when reading or summarising changes, so that nothing kept from before is used. */
const loaderVersion = 4

/** Loads every folder of `incidents/`. */
export async function loadIncidentFolders(contentDir: string, cache: CompileCache): Promise<IncidentFolder[]> {
  const folders: IncidentFolder[] = []
  for (const id of listFolder(contentDir, 'incidents').folders) {
    const files = new Map(listFilesDeep(contentDir, `incidents/${id}`).map((file) => [file.slice(`incidents/${id}/`.length), textOf(contentDir, file)]))
    const revision = hashOf(['incident', String(compilerVersion), String(loaderVersion), id, ...[...files].flatMap(([name, text]) => [name, text ?? ''])])
    const loaded = await cache.getOrMake(revision, () => loadIncidentFolder(id, files))
    folders.push({ ...loaded, id, revision })
  }
  return folders
}

function textOf(contentDir: string, file: string): string | null {
  const read = readSource(contentDir, file)
  return 'source' in read ? read.source.text : null
}

type Loaded = Omit<IncidentFolder, 'id' | 'revision'>

async function loadIncidentFolder(id: string, files: ReadonlyMap<string, string | null>): Promise<Loaded> {
  // The simulator is large, and a start that finds everything kept does without it.
  const { readIncident, shiftModes, withoutMode } = await import('../../../exercises/simulator/incident/index.ts')
  const { compileBlocks, parseYamlSource } = await import('../../../exercises/content/compile/index.ts')
  const found: Findings = { problems: [], references: [], runnable: [], diagrams: [] }
  const folder = `incidents/${id}`
  const read = readIncident(folder, (name) => files.get(name) ?? null)
  if (!read.ok) return { ...found, problems: [...read.error], bundle: null, summary: null }
  const compileText = (name: string): IncidentBundle['briefing'] => {
    const compiled = compileBlocks({ file: `${folder}/${name}`, text: files.get(name) ?? '', firstLine: 1 })
    found.problems.push(...compiled.problems)
    found.references.push(...compiled.references)
    found.runnable.push(...compiled.runnable)
    found.diagrams.push(...compiled.diagrams)
    return compiled.blocks
  }
  const { spec } = read.value
  const file = `${folder}/incident.yaml`
  const source = parseYamlSource({ file, text: files.get('incident.yaml') ?? '', firstLine: 1 })
  spec.skills.forEach((skill, index) => found.references.push({ kind: 'skill', id: skill, file, line: source.lineOf(['skills', index]) }))
  spec.covers.forEach((cover, index) => found.references.push({ kind: 'cover', id: cover, file, line: source.lineOf(['covers', index]) }))
  found.references.push({ kind: 'chapter', chapter: spec.chapter, anchor: null, file, line: source.lineOf(['chapter']) })
  const { title, difficulty, minutes, chapter, skills, 'first-shift': firstShift } = spec
  const summary: IncidentSummary = { id, title, difficulty, minutes, chapter, skills, page: spec.page.alert, firstShift }
  const withoutModes = Object.fromEntries(shiftModes.flatMap((mode) => (withoutMode(spec, mode) === null ? [] : [[mode, withoutMode(spec, mode)]])))
  const varied = read.value.varied.map((one) => (one.kind === 'word' ? { ...one, among: [...one.among] } : one))
  const texts = Object.fromEntries([...files].flatMap(([name, text]) => (text === null ? [] : [[name, text]])))
  return { ...found, summary, bundle: { summary, files: texts, briefing: compileText('briefing.md'), debrief: compileText('debrief.md'), varied, withoutModes } }
}
