import { isTruthy, printValue, TEMPLATE_FUNCTIONS, TemplateRunError, type TemplateLine, type TemplateValue } from './functions.ts'
import type { Command, Operand, Pipeline, TemplateNode } from './syntax.ts'

/** Reads a label; undefined when the line has none of that name. */
export type LabelReader = (name: string) => string | undefined

/** Fills in a template. Throws {@link TemplateRunError} when a function fails on this line. */
export function runTemplate(nodes: readonly TemplateNode[], line: TemplateLine, label: LabelReader): string {
  let out = ''
  for (const node of nodes) {
    if (node.kind === 'text') {
      out += node.text
    } else if (node.kind === 'action') {
      out += printValue(runPipeline(node.pipeline, line, label))
    } else {
      const branch = node.branches.find(({ condition }) => condition === null || isTruthy(runPipeline(condition, line, label)))
      if (branch !== undefined) out += runTemplate(branch.body, line, label)
    }
  }
  return out
}

function runPipeline(pipeline: Pipeline, line: TemplateLine, label: LabelReader): TemplateValue {
  let value: TemplateValue | undefined
  for (const command of pipeline) value = runCommand(command, value, line, label)
  return value ?? ''
}

function runCommand(command: Command, piped: TemplateValue | undefined, line: TemplateLine, label: LabelReader): TemplateValue {
  if (command.kind === 'value') return runOperand(command.operand, line, label)
  const args = command.operands.map((operand) => runOperand(operand, line, label))
  if (piped !== undefined) args.push(piped)
  const known = TEMPLATE_FUNCTIONS[command.name]
  if (known === undefined || args.length < known.minimum) throw new TemplateRunError(`wrong number of args for ${command.name}`)
  return known.run(args, line)
}

function runOperand(operand: Operand, line: TemplateLine, label: LabelReader): TemplateValue {
  if (operand.kind === 'literal') return operand.value
  return operand.kind === 'field' ? (label(operand.name) ?? '') : runPipeline(operand.pipeline, line, label)
}

/** Names of the labels that a template reads. */
export function templateFields(nodes: readonly TemplateNode[]): string[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'text') return []
    if (node.kind === 'action') return pipelineFields(node.pipeline)
    return node.branches.flatMap(({ condition, body }) => [...(condition === null ? [] : pipelineFields(condition)), ...templateFields(body)])
  })
}

function pipelineFields(pipeline: Pipeline): string[] {
  return pipeline.flatMap((command) => (command.kind === 'value' ? [command.operand] : command.operands))
    .flatMap((operand) => (operand.kind === 'field' ? [operand.name] : operand.kind === 'pipeline' ? pipelineFields(operand.pipeline) : []))
}
