import { z } from 'zod'
import { policyFields } from '../../policy/schema.ts'
import { action, fault } from '../../change-kind.ts'
import type { BuildContext, PartKind, StepKind } from '../../part.ts'
import { op } from '../../program/opcodes.ts'
import { compilerFor } from '../background/background-part.ts'
import { Outbox, outboxSchema } from './outbox.ts'
import type { OutboxSpec } from './outbox.ts'

const nothing = z.strictObject({})

function connect(outbox: Outbox, spec: OutboxSpec, context: BuildContext): void {
  const compiler = compilerFor(context)
  const policy = Object.fromEntries(Object.entries(spec).filter(([key]) => key in policyFields))
  let read = -1
  if (spec.read !== undefined) {
    read = compiler.position()
    compiler.call(spec.read, {}, [...context.path, 'read'])
    compiler.emit(op.end)
  }
  const publish = compiler.position()
  compiler.call(spec.call, policy, [...context.path, 'call'])
  compiler.emit(op.end)
  outbox.begin(compiler.finish(), { read, publish })
}

const stepSchema = z.strictObject({ outbox: z.string() })
const outboxStep: StepKind<z.output<typeof stepSchema>> = {
  keyword: 'outbox',
  summary: 'outbox: orders-outbox writes a row, after the database has committed; the relay publishes it.',
  schema: stepSchema,
  compile(step, compiler, path) {
    const part = compiler.part(step.outbox, [...path, 'outbox'])
    if (part instanceof Outbox) compiler.partStep(part, 0, 0)
    else if (part !== null) compiler.problem([...path, 'outbox'], `"${step.outbox}" is not an outbox.`)
  },
}

/** Outboxes with their relays. */
export const outboxKind: PartKind<OutboxSpec, Outbox> = {
  kind: 'outbox',
  section: 'outboxes',
  summary: 'Rows written with the data, and a relay that publishes them in order, at least once.',
  schema: outboxSchema,
  build: (spec, name, { world }) => new Outbox(world, name, spec),
  connect,
  steps: [outboxStep as StepKind],
  changes: [
    fault({
      name: 'stop',
      summary: 'The relay stops: rows are written and not published.',
      schema: nothing,
      apply(outbox: Outbox) {
        outbox.setStopped(true)
        return 'the relay stopped'
      },
      revert: (outbox) => outbox.setStopped(false),
    }),
    action({
      name: 'restart',
      summary: 'Starts the relay anew. What it was publishing it publishes again.',
      schema: nothing,
      durationUs: () => 20_000_000,
      apply(outbox: Outbox) {
        outbox.setStopped(true)
        outbox.setStopped(false)
        return `${outbox.rows.length} rows to publish`
      },
    }),
  ],
}
