import { Sampler } from '../../engine/index.ts'
import type { Distribution } from '../../engine/index.ts'
import { CallSite } from '../policy/call-site.ts'
import { policyFields, policySchema } from '../policy/schema.ts'
import type { PolicySpec } from '../policy/schema.ts'
import { didYouMean } from '../suggest.ts'
import { KeySampler } from '../keys.ts'
import type { KeySpec } from '../keys.ts'
import type { Part, PartKind, Path, StepCompiler, StepKind } from '../part.ts'
import type { World } from '../world.ts'
import { coreSteps } from './core-steps.ts'
import { op } from './opcodes.ts'

/** What a program host runs. Immutable but for the call sites' settings. */
export interface Program {
  readonly words: Int32Array
  readonly samplers: readonly Sampler[]
  readonly chances: Float64Array
  readonly keys: readonly KeySampler[]
  /** Versions of the code that steps ask for. */
  readonly versions: readonly string[]
  readonly sites: readonly CallSite[]
  /** What each group of gates is for: policy and target. */
  readonly groups: readonly { readonly policy: PolicySpec; readonly target: number }[]
}

/** What the compiler needs to know of the part whose program it is. */
export interface CompilerOptions {
  readonly world: World
  readonly problem: (path: Path, message: string) => void
  /** Policies by target, from `dependencies`. */
  readonly dependencies: Readonly<Record<string, PolicySpec>>
  /** Names and values of the users' attributes, as numbers; from 1. */
  readonly attribute: (name: string, value: string) => { readonly index: number; readonly value: number } | null
}

/** All steps there are: the core's and those of the parts. */
export function stepKinds(kinds: readonly PartKind[]): readonly StepKind[] {
  return [...coreSteps, ...kinds.flatMap(({ steps = [] }) => steps)]
}

/** Turns the steps of endpoints into one linear program. */
export class Compiler implements StepCompiler {
  readonly options: CompilerOptions
  readonly chances: number[] = []
  readonly versions: string[] = []
  private readonly words: number[] = []
  private readonly samplers: Sampler[] = []
  private readonly keySamplers: KeySampler[] = []
  private readonly sites: CallSite[] = []
  private readonly groups: { policy: PolicySpec; target: number }[] = []
  private readonly groupByTarget = new Map<number, number>()

  constructor(options: CompilerOptions) {
    this.options = options
  }

  /** Compiles one endpoint and returns where it starts. */
  endpoint(steps: unknown, path: Path): number {
    const start = this.position()
    this.steps(steps, path)
    this.emit(op.end)
    return start
  }

  finish(): Program {
    return { words: Int32Array.from(this.words), samplers: this.samplers, chances: Float64Array.from(this.chances), keys: this.keySamplers, versions: this.versions, sites: this.sites, groups: this.groups }
  }

  emit(...words: number[]): number {
    const at = this.words.length
    this.words.push(...words)
    return at
  }

  position(): number {
    return this.words.length
  }

  patch(position: number, word: number): void {
    this.words[position] = word
  }

  steps(steps: unknown, path: Path): void {
    if (!Array.isArray(steps)) {
      this.problem(path, 'should be a list of steps, each a line that begins with "- ".')
      return
    }
    for (const [index, step] of steps.entries()) this.step(step, [...path, index])
  }

  problem(path: Path, message: string): void {
    this.options.problem(path, message)
  }

  part(name: string, path: Path): Part | null {
    const part = this.options.world.part(name)
    if (part === undefined) this.problem(path, `There is no part "${name}".${didYouMean(name, this.options.world.partNames())}`)
    return part ?? null
  }

  sampler(distribution: Distribution): number {
    this.samplers.push(new Sampler(distribution))
    return this.samplers.length - 1
  }

  keys(spec: KeySpec): void {
    this.keySamplers.push(new KeySampler(spec))
    this.emit(op.key, this.keySamplers.length - 1)
  }

  partStep(part: Part, code: number, operand: number): void {
    this.emit(op.part, part.index, code, operand)
  }

  call(target: string, options: Readonly<Record<string, unknown>>, path: Path): void {
    const [name = '', ...rest] = target.trim().split(/\s+/)
    const part = this.part(name, path)
    if (part === null) return
    const operationName = rest.join(' ')
    const operation = part.operation(operationName)
    if (operation < 0) {
      const known = part.operationNames()
      this.problem(path, `"${name}" has no operation "${operationName}".${didYouMean(operationName, known)} It has: ${known.join(', ')}.`)
      return
    }
    const own = Object.fromEntries(Object.entries(options).filter(([key, value]) => key in policyFields && value !== undefined))
    const dependency = this.options.dependencies[name]
    const policy = { ...(dependency ?? policySchema.parse({})), ...own } as PolicySpec
    const site = new CallSite(part.index, operation, operationName, this.group(part.index, policy, own), policy)
    this.sites.push(site)
    this.emit(op.call, this.sites.length - 1)
    const { fallback, optional } = options
    if (fallback === undefined && optional !== true) return
    const over = this.emit(op.jump, 0)
    site.fallback = this.position()
    if (fallback !== undefined) this.steps(fallback, [...path.slice(0, -1), 'fallback'])
    this.patch(over + 1, this.position())
  }

  /** The gates for connections to a target that several steps share. -1 after a complaint. */
  poolGroup(target: string, path: Path): number {
    const part = this.part(target, path)
    if (part === null) return -1
    const policy = this.options.dependencies[target]
    if (policy?.pool === undefined) {
      this.problem(path, `has no pool of connections to "${target}"; add one: dependencies: { ${target}: { pool: 20 } }.`)
      return -1
    }
    return this.group(part.index, policy, {})
  }

  /** Calls to one target share a gate, unless the step has a breaker, bulkhead, limit or pool of its own. */
  private group(target: number, policy: PolicySpec, own: Readonly<Record<string, unknown>>): number {
    const separate = ['breaker', 'bulkhead', 'limit', 'pool'].some((key) => key in own)
    const shared = separate ? undefined : this.groupByTarget.get(target)
    if (shared !== undefined) return shared
    this.groups.push({ policy, target })
    if (!separate) this.groupByTarget.set(target, this.groups.length - 1)
    return this.groups.length - 1
  }

  private step(step: unknown, path: Path): void {
    if (typeof step !== 'object' || step === null || Array.isArray(step)) {
      this.problem(path, 'is not a step; write for example "- cpu: exp(5ms)".')
      return
    }
    const kinds = stepKinds(this.options.world.kinds)
    const keys = Object.keys(step)
    // Words such as key and limit are steps of their own and options of others: the step is the one that makes sense of all.
    const candidates = keys.flatMap((key) => kinds.find(({ keyword }) => keyword === key) ?? [])
    const kind = candidates.find(({ schema }) => schema.safeParse(step).success) ?? candidates[0]
    if (kind === undefined) {
      const words = kinds.map(({ keyword }) => keyword)
      this.problem([...path, keys[0] ?? ''], `"${keys[0] ?? ''}" is not a step.${didYouMean(keys[0] ?? '', words)} Steps are: ${words.join(', ')}.`)
      return
    }
    const checked = kind.schema.safeParse(step)
    if (checked.success) {
      kind.compile(checked.data, this, path)
      return
    }
    for (const issue of checked.error.issues) {
      if (issue.code === 'unrecognized_keys') {
        for (const key of issue.keys) this.problem([...path, ...(issue.path as Path), key], `"${key}" is not known in a step "${kind.keyword}". ${kind.summary}`)
      } else this.problem([...path, ...(issue.path as Path)], `${issue.path.join('.')}: ${issue.message}`)
    }
  }
}
