import type { Component, ComponentId } from '../engine/index.ts'
import { knownKeys } from '../topology/known-keys.ts'
import type { TimedChange } from '../topology/model.ts'
import type { ChangeEffect, ChangeKind, Part, PartKind, Path } from './part.ts'
import type { ChangeRecord } from '../telemetry/index.ts'
import { didYouMean } from './suggest.ts'
import type { World } from './world.ts'

/** What an operator wants done. Other keys are the arguments of the action. */
export interface ActionRequest {
  readonly action: string
  readonly target: string
  /** Who does it; for the audit log. */
  readonly actor?: string
  /** The statement by which it was asked for, kept with it. The world does not read it. */
  readonly statement?: string
  readonly [argument: string]: unknown
}

/** Accepted, with when it takes effect; or refused, with why and what to do. */
export type ActionResult = { readonly ok: true; readonly effectUs: number; readonly summary: string } | { readonly ok: false; readonly error: string }

interface PendingChange {
  readonly change: string
  readonly target: string
  /** As checked by the schema. */
  readonly args: unknown
  readonly actor: string
  readonly isFault: boolean
  /** Not in the change log of teams, whatever it is. */
  readonly isHidden: boolean
  readonly forUs: number | null
}

const strikeEvent = 0
const revertEvent = 1

/** An action or fault as a user interface lists it. */
export interface ListedChange {
  readonly name: string
  readonly use: 'action' | 'fault' | 'both'
  readonly summary: string
  readonly kind: string
  readonly schema: ChangeKind['schema']
}

/** All actions and faults of these kinds of parts. */
export function listChanges(kinds: readonly PartKind[]): readonly ListedChange[] {
  return kinds.flatMap(({ kind, changes = [] }) => changes.map(({ name, use, summary, schema }) => ({ name, use, summary, schema, kind })))
}

/** Timed faults of the topology and actions of operators: when they strike, what they changed, who did it. */
export class Changes implements Component {
  private readonly world: World
  private readonly id: ComponentId
  private pending: PendingChange[] = []

  constructor(world: World) {
    this.world = world
    this.id = world.simulation.register('changes', this)
  }

  /** Puts the topology's faults on the clock. */
  schedule(faults: readonly TimedChange[], problem: (path: Path, message: string) => void): void {
    for (const fault of faults) {
      const found = this.find(fault.change, fault.target)
      if (typeof found === 'string') {
        problem([...fault.path, fault.change], found)
        continue
      }
      const checked = found.kind.schema.safeParse(fault.args)
      if (!checked.success) {
        // A key that is not known is often why another is missing: it comes first.
        for (const issue of checked.error.issues.toSorted((left, right) => Number(right.code === 'unrecognized_keys') - Number(left.code === 'unrecognized_keys'))) {
          const path = [...fault.path, ...(issue.path as Path)]
          if (issue.code === 'unrecognized_keys') for (const key of issue.keys) problem([...path, key], `"${key}" is no argument of ${fault.change}.${didYouMean(key, knownKeys(found.kind.schema, issue.path))}`)
          else problem(path, `${issue.path.join('.')}: ${issue.message.replace(/^Invalid input: /, '')}`)
        }
        continue
      }
      // What only the world does cannot depend on what has been done: a refusal is about the arguments.
      const refused = found.kind.use === 'fault' ? (found.kind.refuse?.(found.part, checked.data) ?? null) : null
      if (refused !== null) problem([...fault.path, fault.change], refused)
      this.pending.push({ change: fault.change, target: fault.target, args: checked.data, actor: fault.actor ?? 'deploy-bot', isFault: true, isHidden: fault.isHidden, forUs: fault.forUs })
      this.world.simulation.scheduleAt(fault.atUs, this.id, strikeEvent, this.pending.length - 1)
    }
  }

  /** See `World.act`. */
  act(request: ActionRequest): ActionResult {
    const checked = this.check(request)
    if (!checked.ok) return checked
    const { action, target, actor = 'on-call' } = request
    const { args, effectUs, summary } = checked
    this.record('audit', target, actor, { summary, before: {}, after: {} })
    this.pending.push({ change: action, target, args, actor, isFault: false, isHidden: false, forUs: null })
    this.world.simulation.scheduleAt(effectUs, this.id, strikeEvent, this.pending.length - 1)
    return { ok: true, effectUs, summary }
  }

  /** What `act` would say, with nothing done. */
  preview(request: ActionRequest): ActionResult {
    const checked = this.check(request)
    return checked.ok ? { ok: true, effectUs: checked.effectUs, summary: checked.summary } : checked
  }

  private check({ action, target, actor: _actor, statement: _statement, ...args }: ActionRequest): { readonly ok: true; readonly args: unknown; readonly effectUs: number; readonly summary: string } | { readonly ok: false; readonly error: string } {
    const found = this.find(action, target)
    if (typeof found === 'string') return { ok: false, error: found }
    const { kind, part } = found
    if (kind.use === 'fault') return { ok: false, error: `"${action}" is something that happens, not something that you can do.` }
    const checked = kind.schema.safeParse(args)
    if (!checked.success) {
      const [issue] = checked.error.issues
      return { ok: false, error: `${action}: ${issue === undefined ? 'the arguments are not right' : `${issue.path.join('.')} ${issue.message.replace(/^Invalid input: /, '')}`.trim()}.`.replace('..', '.') }
    }
    const refused = kind.refuse?.(part, checked.data) ?? null
    if (refused !== null) return { ok: false, error: refused }
    return { ok: true, args: checked.data, effectUs: this.world.nowUs + kind.durationUs(checked.data), summary: `${action} ${target}${wordsOf(args)}` }
  }

  /** Actions that a part of this name accepts now. */
  actionsOf(target: string): readonly ListedChange[] {
    const part = this.world.part(target)
    return part === undefined ? [] : listChanges(this.world.kinds).filter(({ kind, use }) => kind === this.world.kindOf(part.index) && use !== 'fault')
  }

  handle(event: number, index: number): void {
    const pending = this.pending[index]
    if (pending === undefined) return
    const found = this.find(pending.change, pending.target)
    if (typeof found === 'string') return
    const { kind, part } = found
    if (event === revertEvent) {
      kind.revert?.(part, pending.args)
      this.record('fault', pending.target, 'world', { summary: `${pending.change} ends`, before: {}, after: {} })
      return
    }
    // What could be done when it was asked for may not be possible any more.
    const refused = pending.isFault ? null : (kind.refuse?.(part, pending.args) ?? null)
    const effect = refused ?? kind.apply(part, pending.args)
    const told = typeof effect === 'string' ? { summary: effect, before: {}, after: {} } : effect
    const isSeen = !pending.isHidden && (!pending.isFault || kind.recordedAs !== undefined)
    this.record(isSeen ? (kind.recordedAs ?? 'config') : 'fault', pending.target, isSeen ? pending.actor : 'world', { ...told, summary: `${pending.change} ${pending.target}: ${told.summary}` })
    if (pending.forUs !== null) this.world.simulation.schedule(pending.forUs, this.id, revertEvent, index)
  }

  save(): { pending: readonly PendingChange[] } {
    return { pending: this.pending.slice() }
  }

  load(state: { pending: readonly PendingChange[] }): void {
    this.pending = state.pending.slice()
  }

  private find(change: string, target: string): { kind: ChangeKind; part: Part } | string {
    const part = this.world.part(target)
    if (part === undefined) return `There is no part "${target}".${didYouMean(target, this.world.partNames())}`
    const partKind = this.world.kindOf(part.index)
    const kinds = this.world.partKindOf(part.index)?.changes ?? []
    const kind = kinds.find(({ name }) => name === change)
    if (kind !== undefined) return { kind, part }
    const names = kinds.map(({ name }) => name)
    return `"${change}" cannot happen to a ${partKind}.${didYouMean(change, names)} It knows: ${names.join(', ')}.`
  }

  private record(kind: ChangeRecord['kind'], target: string, actor: string, { summary, before, after }: ChangeEffect): void {
    this.world.telemetry.change({ timeUs: this.world.nowUs, kind, target, summary, actor, before, after })
  }
}

function wordsOf(args: Readonly<Record<string, unknown>>): string {
  return Object.entries(args)
    .map(([name, value]) => ` ${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join('')
}
