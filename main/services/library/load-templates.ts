/** content/templates: the documents to be filled in. */
import type { Reference } from '../../../exercises/content/compile/scope.ts'
import type { Template } from '../../../exercises/content/template.ts'
import type { Problem } from '../../../exercises/core/problem.ts'
import type { CompileCache } from './compile-cache.ts'
import { hashOf, listFolder, readSource } from './source-files.ts'

/** Raised when reading changes, so that nothing kept from before is used. */
const loaderVersion = 1

export interface LoadedTemplates {
  templates: Map<string, Template>
  problems: Problem[]
  references: Reference[]
  revision: string
}

/** Reads every template; a course without the folder has none. */
export async function loadTemplates(contentDir: string, cache: CompileCache): Promise<LoadedTemplates> {
  const loaded: LoadedTemplates = { templates: new Map(), problems: [], references: [], revision: '' }
  const hashes: string[] = []
  for (const name of listFolder(contentDir, 'templates').files.filter((file) => file.endsWith('.md'))) {
    const file = `templates/${name}`
    const read = readSource(contentDir, file)
    if ('problem' in read) {
      loaded.problems.push(read.problem)
      continue
    }
    const hash = hashOf(['template', String(loaderVersion), file, read.source.text])
    hashes.push(hash)
    const { template, problems, references } = await cache.getOrMake(hash, async () => {
      const { parseTemplate } = await import('../../../exercises/content/template-file.ts')
      return parseTemplate(file, read.source.text)
    })
    loaded.problems.push(...problems)
    loaded.references.push(...references)
    if (template !== null) loaded.templates.set(template.id, template)
  }
  return { ...loaded, revision: hashOf(hashes) }
}
