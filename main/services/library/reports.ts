/**
 * What learners sent as "my answer is right", kept by the author in `exercises/<id>/reports/`: from then on an answer
 * that must pass.
 */
import { z } from 'zod'
import type { Problem } from '../../../exercises/core/problem.ts'
import type { ProofAnswer } from './exercise-files.ts'
import { listFolder, readSource } from './source-files.ts'

/** As the workspace saves it; what else is in the file is for people. */
const reportSchema = z.object({ exercise: z.string(), version: z.number().int(), answer: z.string() })

/** The answers of all kept reports. One that cannot be read is an error at its file. */
export function readReports(contentDir: string, id: string): { answers: ProofAnswer[]; problems: Problem[] } {
  const answers: ProofAnswer[] = []
  const problems: Problem[] = []
  for (const name of listFolder(contentDir, `exercises/${id}/reports`).files) {
    const file = `exercises/${id}/reports/${name}`
    const read = readSource(contentDir, file)
    if ('problem' in read) {
      problems.push(read.problem)
      continue
    }
    const report = reportSchema.safeParse(parseJson(read.source.text))
    if (report.success && report.data.exercise === id) answers.push({ name: `reports/${name}`, answer: report.data.answer })
    else problems.push({ file, line: 1, severity: 'error', rule: 'exercise.report', message: `This is not a report about "${id}", as the workspace saves it.` })
  }
  return { answers, problems }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
