import { z } from 'zod'

/** Something wrong in a content file, told so that its author can go straight to it. */
export const problemSchema = z.object({
  /** Path relative to the content folder, with forward slashes. */
  file: z.string(),
  /** 1-based line; 1 where the problem is the file as a whole. */
  line: z.number().int().min(1),
  severity: z.enum(['error', 'warning']),
  /** Dotted rule id, such as `link.broken` or `check.no-answer`; stable, tests name it. */
  rule: z.string(),
  /** One sentence: what is wrong, and what was expected. */
  message: z.string(),
})
export type Problem = z.infer<typeof problemSchema>

/** `file:line: message (rule)`, the form that editors turn into a link. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}: ${problem.severity}: ${problem.message} (${problem.rule})`
}
