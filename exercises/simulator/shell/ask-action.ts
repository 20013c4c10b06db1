import type { ActionRequest, World } from '../model/index.ts'
import type { CommandResult } from './command.ts'
import { failed } from './command.ts'

/**
 * Asks the host for an action, after checking it as `world.act` will, so that a refusal is told at once.
 * @param stdout what the tool prints when its request was accepted
 */
export function askFor(world: World, act: ActionRequest, stdout: string): CommandResult {
  const part = world.part(act.target)
  const kind = part === undefined ? undefined : world.partKindOf(part.index)?.changes?.find(({ name }) => name === act.action)
  if (part === undefined || kind === undefined || kind.use === 'fault') return failed(`error: "${act.action}" cannot be done to ${act.target}`)
  const { action: _action, target: _target, actor: _actor, ...args } = act
  const checked = kind.schema.safeParse(args)
  if (!checked.success) return failed(`error: ${checked.error.issues[0]?.message ?? 'the arguments are not right'}`)
  const refused = kind.refuse?.(part, checked.data) ?? null
  if (refused !== null) return failed(`error: ${refused}`)
  return { stdout, stderr: '', exitCode: 0, act, takesUs: kind.durationUs(checked.data) }
}
