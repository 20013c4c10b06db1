/** A shift as it is kept: what was decided, and when. The world is not kept, since the same decisions make the same world. */
import { z } from 'zod'
import { shiftModes } from '../modes/mode.ts'

/** How much help a shift gives: a coach that asks, hints at a price, or nothing. */
export const shiftLevels = ['guided', 'assisted', 'on-call'] as const
export type ShiftLevel = (typeof shiftLevels)[number]

const id = z.string().min(1).max(100)
const words = z.string().max(20_000)
/** Simulation time in microseconds. */
const atUs = z.number().int().min(0)

/** Something that was seen and kept as evidence. `query` is what brought it, so that it can be judged and asked again. */
export const pinSchema = z.strictObject({
  id,
  kind: z.enum(['promql', 'logql', 'log', 'trace', 'span', 'alert', 'change', 'command']),
  title: z.string().max(300),
  /** The query, the command line, the trace id; empty where the kind has none. */
  query: z.string().max(4_000),
  /** What was seen, as text: values, the line, the output. */
  text: words,
})
export type Pin = z.infer<typeof pinSchema>

/** A cause that is thought of: which part, by which of the incident's causes, and how sure. */
export const hypothesisSchema = z.strictObject({
  id,
  /** Id of a cause that the incident offers, or free words. */
  cause: z.string().max(300),
  component: z.string().max(100),
  /** 0 to 100. */
  confidence: z.number().int().min(0).max(100),
  /** Ids of pins. */
  supports: z.array(id).max(100),
  against: z.array(id).max(100),
  note: z.string().max(2_000),
})
export type Hypothesis = z.infer<typeof hypothesisSchema>

/** What the learner says in the end that it was. */
export const diagnosisSchema = z.strictObject({
  component: z.string().max(100),
  cause: z.string().max(300),
  /** What set it off: `change:<target>`, `outside`, `load`, `growth`, `time`, or `nothing` for a false alarm. */
  trigger: z.string().max(100),
  confidence: z.number().int().min(0).max(100),
})
export type Diagnosis = z.infer<typeof diagnosisSchema>

/** One thing that happened in a shift. New types are added, never changed: kept shifts must stay readable. */
export const shiftEntrySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('acknowledged'), atUs }),
  /** An action, accepted or refused. Only accepted ones are done again when the shift is resumed. */
  z.strictObject({ type: z.literal('acted'), atUs, act: z.looseObject({ action: id, target: id }), by: z.enum(['console', 'terminal']), refused: z.string().nullable(), effectUs: atUs.nullable(), summary: words }),
  /** A line of the terminal. */
  z.strictObject({ type: z.literal('typed'), atUs, line: z.string().max(4_000), exitCode: z.number().int() }),
  /** A question to the telemetry, for "when could you have known". */
  z.strictObject({ type: z.literal('asked'), atUs, kind: z.enum(['promql', 'logql', 'trace', 'change', 'alert']), query: z.string().max(4_000) }),
  /** What is on the screen from now on: a tab of the room, and what its charts ask; empty queries for one without charts. */
  z.strictObject({ type: z.literal('viewed'), atUs, panel: id, title: z.string().max(300), queries: z.array(z.string().max(4_000)).max(200) }),
  z.strictObject({ type: z.literal('noted'), atUs, text: words }),
  z.strictObject({ type: z.literal('pinned'), atUs, pin: pinSchema }),
  z.strictObject({ type: z.literal('unpinned'), atUs, pin: id }),
  /** A hypothesis as it is from now on. */
  z.strictObject({ type: z.literal('supposed'), atUs, hypothesis: hypothesisSchema }),
  z.strictObject({ type: z.literal('dropped'), atUs, hypothesis: id }),
  /** A message to people; `template` names the one that it began from. */
  z.strictObject({ type: z.literal('said'), atUs, channel: z.enum(['incident', 'status-page']), text: words, phase: z.enum(['investigating', 'identified', 'monitoring', 'resolved']) }),
  /** Somebody outside asked, since an update was due. */
  z.strictObject({ type: z.literal('asked-by'), atUs, who: z.string().max(100), text: words }),
  z.strictObject({ type: z.literal('hinted'), atUs, hint: z.number().int().min(0), cost: z.number().min(0).max(1) }),
  z.strictObject({ type: z.literal('diagnosed'), atUs, diagnosis: diagnosisSchema }),
  /** The learner hands over; nothing comes after. */
  z.strictObject({ type: z.literal('ended'), atUs }),
])
export type ShiftEntry = z.infer<typeof shiftEntrySchema>

/** Entries that a shift may hold; a shift of an hour has some hundreds. */
export const mostEntries = 5_000

export const shiftRecordSchema = z.strictObject({
  format: z.literal(1),
  /** UUIDv7, so that a shift that is sent twice counts once. */
  id,
  incident: id,
  seed: z.number().int().min(0),
  level: z.enum(shiftLevels),
  /** What makes it harder; absent for nothing. */
  mode: z.enum(shiftModes).optional(),
  nowUs: atUs,
  entries: z.array(shiftEntrySchema).max(mostEntries),
})
export type ShiftRecord = z.infer<typeof shiftRecordSchema>

/** Reads a kept shift; null for text that is none. */
export function readShiftRecord(text: string): ShiftRecord | null {
  try {
    const parsed = shiftRecordSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
