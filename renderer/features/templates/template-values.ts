/** What a learner wrote into a template, by field. */
import { z } from 'zod'

export type Values = Readonly<Record<string, string>>

const valuesSchema = z.record(z.string(), z.string())

/** The values of a draft; none where there is no draft, or one that cannot be read. */
export function readValues(text: string | null): Values {
  if (text === null) return {}
  try {
    const parsed = valuesSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : {}
  } catch {
    return {}
  }
}
