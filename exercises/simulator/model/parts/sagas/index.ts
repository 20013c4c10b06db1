import { z } from 'zod'
import { positiveCount } from '../../../topology/quantity.ts'
import { action } from '../../change-kind.ts'
import type { BuildContext, PartKind, StepKind } from '../../part.ts'
import { op } from '../../program/opcodes.ts'
import { didYouMean } from '../../suggest.ts'
import { compilerFor } from '../background/background-part.ts'
import { Saga, sagaCode, sagaSchema } from './saga.ts'
import type { SagaSpec } from './saga.ts'

function connect(saga: Saga, spec: SagaSpec, context: BuildContext): void {
  const compiler = compilerFor(context)
  const entries = new Map<number, number>()
  for (const [step, call] of Object.entries(spec.recover)) {
    const index = spec.steps.indexOf(step)
    if (index < 0) context.problem(['recover', step], `"${step}" is not a step.${didYouMean(step, spec.steps)} Steps are: ${spec.steps.join(', ')}.`)
    entries.set(index, compiler.position())
    compiler.call(call, {}, [...context.path, 'recover', step])
    compiler.emit(op.end)
  }
  saga.begin(compiler.finish(), entries)
}

const stepSchema = z.strictObject({ saga: z.string() })
const sagaStep: StepKind<z.output<typeof stepSchema>> = {
  keyword: 'saga',
  summary: 'saga: order begin, saga: order NAME when a step is reached, saga: order complete, saga: order compensate.',
  schema: stepSchema,
  compile(step, compiler, path) {
    const [name = '', word = ''] = step.saga.trim().split(/\s+/)
    const part = compiler.part(name, [...path, 'saga'])
    if (part === null) return
    if (!(part instanceof Saga)) {
      compiler.problem([...path, 'saga'], `"${name}" is not a saga.`)
      return
    }
    const fixed = word === 'begin' || word === 'complete' || word === 'compensate' ? sagaCode[word] : undefined
    const reached = part.spec.steps.indexOf(word)
    if (fixed === undefined && reached < 0) compiler.problem([...path, 'saga'], `"${word}" is nothing that a saga does.${didYouMean(word, ['begin', 'complete', 'compensate', ...part.spec.steps])} Write begin, complete, compensate or one of: ${part.spec.steps.join(', ')}.`)
    else compiler.partStep(part, fixed ?? sagaCode.reached + reached, 0)
  },
}

/** Sagas and where each of them is. */
export const sagaKind: PartKind<SagaSpec, Saga> = {
  kind: 'saga',
  section: 'sagas',
  summary: 'The log of business transactions over several services, and where each of them is.',
  schema: sagaSchema,
  build: (spec, name, { world }) => new Saga(world, name, spec),
  connect,
  steps: [sagaStep as StepKind],
  changes: [
    action({
      name: 'recover',
      summary: 'Goes on with all sagas that are stuck at a step, or with one by its id, by the call that the topology gives for it.',
      schema: z.strictObject({ step: z.string(), id: positiveCount.optional() }),
      durationUs: () => 30_000_000,
      refuse(saga: Saga, { step, id }) {
        const { steps } = saga.spec
        if (!steps.includes(step)) return `"${step}" is not a step of ${saga.name}.${didYouMean(step, steps)} Steps are: ${steps.join(', ')}.`
        if (id !== undefined && !saga.stuck(steps.indexOf(step)).includes(id)) return `Saga ${id} is not stuck at ${step}.`
        return saga.canRecover(steps.indexOf(step)) ? null : `There is no way to go on from ${step}; close those sagas, or repair what they wait for.`
      },
      apply: (saga, { step, id }) => `${saga.recover(saga.spec.steps.indexOf(step), id)} sagas go on from ${step}`,
    }),
    action({
      name: 'close',
      summary: 'Closes all sagas that are stuck, at one step or at any, as compensated by hand.',
      schema: z.strictObject({ step: z.string().optional() }),
      durationUs: () => 120_000_000,
      refuse: (saga: Saga, { step }) => (step === undefined || saga.spec.steps.includes(step) ? null : `"${step}" is not a step of ${saga.name}.${didYouMean(step, saga.spec.steps)}`),
      apply: (saga, { step }) => `${saga.close(step === undefined ? undefined : saga.spec.steps.indexOf(step))} sagas closed`,
    }),
  ],
}
