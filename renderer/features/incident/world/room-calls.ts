/** Every question to the running world, by name. A panel adds a file in `calls` and a line here. */
import { actionsCalls } from './calls/actions.ts'
import { alertsCalls } from './calls/alerts.ts'
import { changesCalls } from './calls/changes.ts'
import { debriefCalls } from './calls/debrief.ts'
import { effectsCalls } from './calls/effects.ts'
import { exemplarsCalls } from './calls/exemplars.ts'
import { factsCalls } from './calls/facts.ts'
import { logsCalls } from './calls/logs.ts'
import { metricsCalls } from './calls/metrics.ts'
import { terminalCalls } from './calls/terminal.ts'
import { tracesCalls } from './calls/traces.ts'

export const roomCalls = { ...actionsCalls, ...alertsCalls, ...changesCalls, ...debriefCalls, ...effectsCalls, ...exemplarsCalls, ...factsCalls, ...logsCalls, ...metricsCalls, ...terminalCalls, ...tracesCalls }

export type RoomCalls = typeof roomCalls
export type RoomCallName = keyof RoomCalls
export type RoomInput<Name extends RoomCallName> = Parameters<RoomCalls[Name]>[1]
/** A generator's answer is its result, a promise's what it resolves to. */
export type RoomOutput<Name extends RoomCallName> = ReturnType<RoomCalls[Name]> extends Generator<number, infer Result> ? Result : Awaited<ReturnType<RoomCalls[Name]>>
