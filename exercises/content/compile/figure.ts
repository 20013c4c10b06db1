/** `:::figure`: a live figure, its start values checked against what the figure takes, and its words. */
import type { ContainerDirective } from 'mdast-util-directive'
import { figureKinds, figureTypes, isFigureType } from '../figure-types.ts'
import type { FigureKind, FigureType, FigureValues } from '../figure-types.ts'
import { readGoal } from '../../figures/goal.ts'
import type { Block } from '../model.ts'
import { readAttributes, readIdList } from './attributes.ts'
import { blocksOf } from './blocks.ts'
import { brokenPart } from './broken-part.ts'
import { checkIdForm } from './inline.ts'
import { claimAnchor, lineOf, report } from './scope.ts'
import type { Scope } from './scope.ts'

/** Compiles a figure. A malformed one is reported and replaced by a note in the text. */
export function compileFigure(scope: Scope, node: ContainerDirective): Block[] {
  const description = blocksOf(scope, node.children)
  if (description.length === 0) report(scope, node, 'figure.description', 'A figure needs a description in words: the text alternative, with the numbers that it shows.')
  const type = node.attributes?.['type'] ?? ''
  if (type !== '' && !isFigureType(type)) {
    report(scope, node, 'figure.type', `There is no figure "${type}"; there are ${figureTypes.join(', ')}.`)
    return brokenPart(scope, node)
  }
  const takes = isFigureType(type) ? takenBy(type) : {}
  const given = readAttributes(scope, node, { required: ['id', 'type', 'title', 'ask'], optional: ['covers', 'goal', ...Object.keys(takes)] })
  const id = given?.['id']
  if (!given || id === undefined || !isFigureType(type)) return brokenPart(scope, node)
  const line = lineOf(scope, node)
  checkIdForm(scope, id, line)
  if (!claimAnchor(scope, id, node)) return brokenPart(scope, node)
  return [{ t: 'figure', id, type, title: given['title'] ?? '', ask: given['ask'] ?? '', attributes: readValues(scope, node, given, figureKinds[type]), description, covers: readIdList(scope, given['covers'], 'cover', line) }]
}

function takenBy(type: FigureType): FigureKind['attributes'] {
  return figureKinds[type].attributes
}

function readValues(scope: Scope, node: ContainerDirective, given: Readonly<Record<string, string>>, kind: FigureKind): FigureValues {
  const values: Record<string, number | string> = {}
  for (const [name, allowed] of Object.entries(kind.attributes)) {
    const text = given[name]?.trim()
    if (text === undefined) continue
    if ('choices' in allowed) {
      if (allowed.choices.includes(text)) values[name] = text
      else report(scope, node, 'figure.value', `"${name}" is ${allowed.choices.join(', ')}; "${text}" is none of them.`)
      continue
    }
    const value = text === '' ? Number.NaN : Number(text)
    if (value >= allowed.min && value <= allowed.max) values[name] = value
    else report(scope, node, 'figure.value', `"${name}" is a number from ${allowed.min} to ${allowed.max} (${allowed.meaning}); "${text}" is not.`)
  }
  const goal = given['goal']?.trim()
  if (goal === undefined) return values
  const demands = readGoal(goal, kind)
  if (demands.ok) values['goal'] = goal
  else report(scope, node, 'figure.goal', demands.error)
  return values
}
