/** The file that carries progress between computers: JSON Lines, a header and then one event a line. */
import { z } from 'zod'
import type { Result } from '../../../exercises/core/result.ts'
import { fail, ok } from '../../../exercises/core/result.ts'
import type { LearningEvent } from '../../../exercises/progress/events.ts'
import { learningEventSchema } from '../../../exercises/progress/events.ts'
import type { ApiError, Profile } from '../../api/contract.ts'

const format = 'firedrill-progress'
const version = 1
/** Enough to see what is wrong with a file; the rest is counted. */
const rejectedShown = 200

const headerSchema = z.object({
  format: z.literal(format),
  version: z.number().int().min(1),
  profile: z.object({ id: z.string(), name: z.string() }),
  exportedAt: z.number().int(),
  events: z.number().int(),
})

export interface ReadExport {
  events: LearningEvent[]
  rejected: { line: number; why: string }[]
}

/** The whole log of a profile as text. */
export function writeExport(profile: Profile, events: readonly LearningEvent[], exportedAt: number): string {
  const header: z.input<typeof headerSchema> = { format, version, profile: { id: profile.id, name: profile.name }, exportedAt, events: events.length }
  return [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join('')
}

/** `firedrill-ada-lovelace-2026-11-21.jsonl`, with only letters and digits that every system takes. */
export function exportFileName(profile: Profile, at: number): string {
  const name = profile.name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  return `firedrill-${name || 'progress'}-${new Date(at).toISOString().slice(0, 10)}.jsonl`
}

/** Reads an export. A line that does not fit is reported by its number and left out; the others count. */
export function readExport(text: string): Result<ReadExport, ApiError> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const header = headerSchema.safeParse(parseJson(lines[0] ?? ''))
  if (!header.success) {
    return fail({ code: 'bad-input', message: 'This file is not a Firedrill export: its first line is not the header of one. Nothing was imported. Choose a .jsonl file that was exported from Settings.' })
  }
  if (header.data.version > version) {
    return fail({ code: 'newer-data', message: `This file was exported by a newer Firedrill (format ${header.data.version}; this one reads ${version}). Nothing was imported. Update Firedrill and import it again.` })
  }
  const events: LearningEvent[] = []
  const rejected: ReadExport['rejected'] = []
  lines.slice(1).forEach((line, index) => {
    if (line.trim() === '') return
    const event = learningEventSchema.safeParse(parseJson(line))
    if (event.success) events.push(event.data)
    else rejected.push({ line: index + 2, why: explain(event.error) })
  })
  const present = events.length + rejected.length
  if (present < header.data.events) rejected.push({ line: lines.length, why: `The file ends early: its header promises ${header.data.events} entries and ${present} are here.` })
  if (rejected.length <= rejectedShown) return ok({ events, rejected })
  const hidden = rejected.length - rejectedShown
  return ok({ events, rejected: [...rejected.slice(0, rejectedShown), { line: rejected[rejectedShown]?.line ?? lines.length, why: `From here on, ${hidden} more lines were left out.` }] })
}

/** Undefined where the text is not JSON; no schema accepts that. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch {
    return undefined
  }
}

function explain(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined || issue.path.length === 0) return 'This line is not an entry.'
  return `${issue.path.join('.')}: ${issue.message}`
}
