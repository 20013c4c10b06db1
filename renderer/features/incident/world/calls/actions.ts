/** What can be done to the world, and doing it. */
import { z } from 'zod'
import type { ActionRequest, ActionResult } from '../../../../../exercises/simulator/model/index.ts'
import type { EntryWithoutTime } from '../../../../../exercises/simulator/incident/shift/index.ts'
import type { RoomCall } from './room-call.ts'

/** An action that a part takes. */
export interface OfferedAction {
  readonly target: string
  /** Kind of the part, such as `service`. */
  readonly kind: string
  readonly action: string
  readonly summary: string
  /** JSON Schema of its arguments as they are written. */
  readonly argumentsSchema: unknown
  /** How long it takes, in microseconds, where that needs no arguments; null where it does, or where it is refused now. */
  readonly takesUs: number | null
}

const offered: RoomCall<null, readonly OfferedAction[]> = ({ world }) =>
  world.partNames().flatMap((target) =>
    world.changes.actionsOf(target).map(({ kind, name, summary, schema }) => {
      const plain = world.changes.preview({ action: name, target })
      return { target, kind, action: name, summary, argumentsSchema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), takesUs: plain.ok ? plain.effectUs - world.nowUs : null }
    }),
  )

const preview: RoomCall<ActionRequest, ActionResult> = ({ world }, request) => world.changes.preview(request)

const act: RoomCall<ActionRequest, ActionResult> = (shift, request) => shift.act(request, 'console')

/** Keeps what the learner did beside the world: a note, a pin, a message. False after the end. */
const keep: RoomCall<EntryWithoutTime, boolean> = (shift, entry) => shift.add(entry)

export const actionsCalls = { 'actions.offered': offered, 'actions.preview': preview, 'actions.act': act, 'entries.keep': keep }
