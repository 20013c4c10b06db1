/** The steps that every program knows, whatever parts there are. */
import { z } from 'zod'
import { count, distribution, share } from '../../topology/quantity.ts'
import { outcomeCode, outcomeNames } from '../outcome.ts'
import type { OutcomeName } from '../outcome.ts'
import type { Path, StepKind } from '../part.ts'
import { policyFields } from '../policy/schema.ts'
import { keysSchema } from '../keys.ts'
import type { Compiler } from './compiler.ts'
import { op } from './opcodes.ts'

const steps = z.array(z.unknown())

/** Step kinds of the core get the whole compiler. */
function core<Options>(kind: Omit<StepKind<Options>, 'compile'> & { compile(options: Options, compiler: Compiler, path: Path): void }): StepKind {
  return kind as StepKind
}

/** `then`/`else` after a jump whose last operand is where to go when the condition does not hold. */
function branches(compiler: Compiler, jump: number, last: number, then: unknown, otherwise: unknown, path: Path): void {
  compiler.steps(then, [...path, 'then'])
  if (otherwise === undefined) {
    compiler.patch(jump + last, compiler.position())
    return
  }
  const over = compiler.emit(op.jump, 0)
  compiler.patch(jump + last, compiler.position())
  compiler.steps(otherwise, [...path, 'else'])
  compiler.patch(over + 1, compiler.position())
}

export const coreSteps: readonly StepKind[] = [
  core({
    keyword: 'cpu',
    summary: 'cpu: exp(5ms) works on a core of the replica.',
    schema: z.strictObject({ cpu: distribution }),
    compile: ({ cpu }, compiler) => void compiler.emit(op.work, compiler.sampler(cpu)),
  }),
  core({
    keyword: 'sleep',
    summary: 'sleep: 100ms waits without working, with its thread.',
    schema: z.strictObject({ sleep: distribution }),
    compile: ({ sleep }, compiler) => void compiler.emit(op.sleep, compiler.sampler(sleep)),
  }),
  core({
    keyword: 'call',
    summary: 'call: orders POST /orders calls a part; timeout, retries, breaker, bulkhead, limit, hedge, pool, key, fallback and optional say how.',
    schema: z.strictObject({ call: z.string(), key: keysSchema.optional(), fallback: steps.optional(), optional: z.boolean().optional(), ...policyFields }),
    compile: (step, compiler, path) => {
      if (step.key !== undefined) compiler.keys(step.key)
      compiler.call(step.call, step, [...path, 'call'])
    },
  }),
  core({
    keyword: 'key',
    summary: 'key: zipf(10k, 1.1) chooses the entity that the following steps are about.',
    schema: z.strictObject({ key: keysSchema }),
    compile: ({ key }, compiler) => compiler.keys(key),
  }),
  core({
    keyword: 'mark',
    summary: 'mark: payload = full gives the request an attribute, and with it the calls and messages that follow; a client declares it.',
    schema: z.strictObject({ mark: z.string().regex(/^\S+\s*=\s*\S/, { error: 'is written NAME = VALUE.' }) }),
    compile: ({ mark }, compiler, path) => {
      const [name = '', value = ''] = mark.split('=').map((word) => word.trim())
      const found = compiler.options.attribute(name, value)
      if (found === null) compiler.problem([...path, 'mark'], `No client knows ${name} = ${value}; see attributes under clients, where its share may be 0%.`)
      else compiler.emit(op.mark, found.index, found.value)
    },
  }),
  core({
    keyword: 'chance',
    summary: 'chance: 10% with then and else.',
    schema: z.strictObject({ chance: share, then: steps, else: steps.optional() }),
    compile: (step, compiler, path) => {
      compiler.chances.push(step.chance)
      branches(compiler, compiler.emit(op.unlessChance, compiler.chances.length - 1, 0), 2, step.then, step.else, path)
    },
  }),
  core({
    keyword: 'if',
    summary: 'if: attribute tier = vip, if: flag new-pricing, if: version v2 (of the code of the replica), or if: result, with then and else.',
    schema: z.strictObject({ if: z.string(), then: steps, else: steps.optional() }),
    compile: (step, compiler, path) => {
      const attribute = /^attribute\s+(\S+)\s*=\s*(.+)$/.exec(step.if)
      const flag = /^flag\s+(\S+)$/.exec(step.if)
      const version = /^version\s+(\S+)$/.exec(step.if)
      if (attribute !== null) {
        const found = compiler.options.attribute(attribute[1] ?? '', attribute[2] ?? '')
        if (found === null) compiler.problem([...path, 'if'], `No client gives its users ${attribute[1] ?? ''} = ${attribute[2] ?? ''}; see attributes under clients.`)
        branches(compiler, compiler.emit(op.unlessAttribute, found?.index ?? 0, found?.value ?? 0, 0), 3, step.then, step.else, path)
        return
      }
      if (version !== null) {
        compiler.versions.push(version[1] ?? '')
        branches(compiler, compiler.emit(op.unlessVersion, compiler.versions.length - 1, 0), 2, step.then, step.else, path)
        return
      }
      if (flag !== null) {
        const part = compiler.part(flag[1] ?? '', [...path, 'if'])
        if (part !== null) compiler.partStep(part, 0, 0)
      } else if (step.if !== 'result') compiler.problem([...path, 'if'], `"${step.if}" is not a condition; write attribute NAME = VALUE, flag NAME, version NAME or result.`)
      branches(compiler, compiler.emit(op.unlessResult, 0), 1, step.then, step.else, path)
    },
  }),
  core({
    keyword: 'parallel',
    summary: 'parallel: a list of branches, each a step or a list of steps; goes on when all have ended.',
    schema: z.strictObject({ parallel: z.array(z.unknown()).min(2).max(64) }),
    compile: ({ parallel }, compiler, path) => {
      const head = compiler.emit(op.parallel, parallel.length, 0, ...parallel.map(() => 0))
      for (const [index, branch] of parallel.entries()) {
        compiler.patch(head + 3 + index, compiler.position())
        compiler.steps(Array.isArray(branch) ? branch : [branch], [...path, 'parallel', ...(Array.isArray(branch) ? [index] : [])])
        compiler.emit(op.end)
      }
      compiler.patch(head + 2, compiler.position())
    },
  }),
  core({
    keyword: 'async',
    summary: 'async: steps that go on after the answer; nobody waits for them.',
    schema: z.strictObject({ async: steps }),
    compile: (step, compiler, path) => {
      const head = compiler.emit(op.spawn, 0, 0)
      compiler.patch(head + 1, compiler.position())
      compiler.steps(step.async, [...path, 'async'])
      compiler.emit(op.end)
      compiler.patch(head + 2, compiler.position())
    },
  }),
  core({
    keyword: 'repeat',
    summary: 'repeat: 10 with do: steps, one time after the other.',
    schema: z.strictObject({ repeat: count.refine((times) => times >= 1 && times <= 1000, { error: 'must be from 1 to 1000.' }), do: steps }),
    compile: (step, compiler, path) => {
      if (JSON.stringify(step.do).includes('"repeat":')) compiler.problem([...path, 'do'], 'A repeat inside a repeat is not supported; call an endpoint that repeats.')
      compiler.emit(op.loop, step.repeat)
      const first = compiler.position()
      compiler.steps(step.do, [...path, 'do'])
      compiler.emit(op.again, first)
    },
  }),
  core({
    keyword: 'with-connection',
    summary: 'with-connection: orders-db with do: steps keeps one connection of the pool for all of them, as a transaction does.',
    schema: z.strictObject({ 'with-connection': z.string(), do: steps }),
    compile: (step, compiler, path) => {
      const group = compiler.poolGroup(step['with-connection'], [...path, 'with-connection'])
      compiler.emit(op.borrow, group)
      compiler.steps(step.do, [...path, 'do'])
      compiler.emit(op.restore, group)
    },
  }),
  core({
    keyword: 'fail',
    summary: 'fail: 2% ends the request with an error; as names the outcome.',
    schema: z.strictObject({ fail: share, as: z.enum(outcomeNames as [string, ...string[]]).default('error') }),
    compile: (step, compiler) => {
      compiler.chances.push(step.fail)
      const jump = compiler.emit(op.unlessChance, compiler.chances.length - 1, 0)
      compiler.emit(op.fail, outcomeCode[step.as as OutcomeName])
      compiler.patch(jump + 2, compiler.position())
    },
  }),
]
