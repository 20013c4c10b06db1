/** walkthroughs/<id>.yaml to `Walkthrough`. Its texts are chapter Markdown without questions of their own. */
import { z } from 'zod'
import type { Block, CheckOption, Walkthrough } from '../model.ts'
import { blocksOf } from './blocks.ts'
import { compileOptions } from './check.ts'
import { compileDirective } from './directives.ts'
import { parseMarkdown } from './parse.ts'
import { createScope, idPattern, report } from './scope.ts'
import type { Findings, Scope } from './scope.ts'
import { readDefinitions } from './definitions.ts'
import { checkYaml, parseYamlSource } from './yaml-source.ts'

const id = z.string().regex(idPattern, 'expected lower-case letters, digits and hyphens')
const text = z.string().min(1)

/** What an author writes; unknown keys are refused. */
export const walkthroughSchema = z.strictObject({
  id,
  title: text,
  covers: z.array(z.string()).default([]),
  skills: z.array(z.string()).default([]),
  budgetMinutes: z.number().positive(),
  intro: text,
  stages: z
    .array(
      z.strictObject({
        id,
        title: text,
        situation: text,
        observations: z
          .array(z.strictObject({ id, label: text, minutes: z.number().min(0), useful: z.boolean(), reveals: text, expert: text }))
          .min(1),
        decision: z.strictObject({ prompt: text, options: text }),
        outcome: text,
      }),
    )
    .min(1),
  debrief: text,
})
type WalkthroughSource = z.output<typeof walkthroughSchema>

/** Compiles one walkthrough file. `walkthrough` is null when it cannot be shown. */
export function compileWalkthroughFile(options: { file: string; text: string; chapter: string | null }): Findings & { walkthrough: Walkthrough | null } {
  const { file, chapter } = options
  const source = parseYamlSource({ file, text: options.text, firstLine: 1 })
  const { value, problems } = checkYaml<WalkthroughSource>(source, file, walkthroughSchema)
  const scope = createScope({ file, text: options.text, firstLine: 1, kind: 'text', chapter, directive: compileDirective, section: 'walkthrough' })
  scope.problems.push(...problems)
  if (!value) return { ...findingsOf(scope), walkthrough: null }

  const markdown = (path: PropertyKey[], body: string): Block[] => {
    const inner = innerScope(scope, body, source.textLineOf(path), value.id)
    return blocksOf(inner, readTree(inner, body))
  }
  const decisionOptions = (path: PropertyKey[], body: string): CheckOption[] | null => {
    const line = source.textLineOf(path)
    const inner = innerScope(scope, body, line, value.id)
    const tree = readTree(inner, body)
    const [list, ...more] = tree
    if (list?.type !== 'list' || more.length > 0) {
      report(inner, list?.type === 'list' && more[0] ? more[0] : line, 'check.trailing', 'The options are one list of "- [ ] belief" and "- [x] the right one", each explanation indented by two spaces below its option.')
      if (list?.type !== 'list') return null
    }
    return compileOptions(inner, list, 'choice', line)
  }

  const unique = uniqueIds(scope)
  let broken = false
  const stages = value.stages.map((stage, stageIndex) => {
    const at = ['stages', stageIndex]
    unique('stage', stage.id, source.lineOf([...at, 'id']))
    const options = decisionOptions([...at, 'decision', 'options'], stage.decision.options)
    if (!options) broken = true
    return {
      id: stage.id,
      title: stage.title,
      situation: markdown([...at, 'situation'], stage.situation),
      observations: stage.observations.map((observation, index) => {
        unique('observation', observation.id, source.lineOf([...at, 'observations', index, 'id']))
        return {
          id: observation.id,
          label: observation.label,
          minutes: observation.minutes,
          useful: observation.useful,
          reveals: markdown([...at, 'observations', index, 'reveals'], observation.reveals),
          expert: markdown([...at, 'observations', index, 'expert'], observation.expert),
        }
      }),
      decision: { prompt: markdown([...at, 'decision', 'prompt'], stage.decision.prompt), options: options ?? [] },
      outcome: markdown([...at, 'outcome'], stage.outcome),
    }
  })
  const walkthrough: Walkthrough = {
    id: value.id,
    title: value.title,
    covers: value.covers,
    skills: value.skills,
    budgetMinutes: value.budgetMinutes,
    intro: markdown(['intro'], value.intro),
    stages,
    debrief: markdown(['debrief'], value.debrief),
  }
  value.skills.forEach((skill, index) => scope.references.push({ kind: 'skill', id: skill, file, line: source.lineOf(['skills', index]) }))
  value.covers.forEach((cover, index) => scope.references.push({ kind: 'cover', id: cover, file, line: source.lineOf(['covers', index]) }))
  const expected = /([^/]+)\.ya?ml$/.exec(file)?.[1]
  if (expected !== undefined && expected !== value.id) report(scope, source.lineOf(['id']), 'walkthrough.id', `The file is called ${expected}, but its id is "${value.id}"; they must agree.`)
  return { ...findingsOf(scope), walkthrough: broken ? null : walkthrough }
}

/** A scope for one text of the file: its own lines, everything found going to the file's lists. */
function innerScope(scope: Scope, body: string, firstLine: number, walkthroughId: string): Scope {
  const inner = createScope({ file: scope.file, text: body, firstLine, kind: 'text', chapter: scope.chapter, directive: compileDirective, section: walkthroughId })
  const { problems, references, diagrams, runnable, anchors, madeIds } = scope
  return { ...inner, problems, references, diagrams, runnable, anchors, madeIds }
}

function readTree(inner: Scope, body: string): ReturnType<typeof parseMarkdown>['children'] {
  const tree = parseMarkdown(body, false)
  readDefinitions(inner, tree)
  return tree.children
}

function uniqueIds(scope: Scope): (kind: string, id: string, line: number) => void {
  const seen = new Map<string, number>()
  return (kind, wanted, line) => {
    const first = seen.get(`${kind} ${wanted}`)
    if (first !== undefined) report(scope, line, 'id.duplicate', `The ${kind} "${wanted}" already stands at line ${first}.`)
    else seen.set(`${kind} ${wanted}`, line)
  }
}

function findingsOf(scope: Scope): Findings {
  return { problems: scope.problems, references: scope.references, runnable: scope.runnable, diagrams: scope.diagrams }
}
