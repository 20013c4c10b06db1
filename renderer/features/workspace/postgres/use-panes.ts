/** What stands in the editors of the sessions, kept while it is written. */
import { useCallback, useRef, useState } from 'react'
import { z } from 'zod'
import type { PostgresExercise } from '../../../../exercises/kinds/postgres/schema.ts'
import type { Cell } from '../../../../exercises/kinds/postgres/session.ts'
import type { Draft } from '../draft.ts'

const savedSchema = z.record(z.string(), z.string())

/** Where there is a single session, its editor holds the answer. */
export function answersInSession({ mode, sessions }: Pick<PostgresExercise, 'mode' | 'sessions'>): boolean {
  return sessions.length === 1 && (mode === 'query' || mode === 'script')
}

function readSaved(text: string | null): Readonly<Record<string, string>> {
  try {
    return savedSchema.parse(JSON.parse(text ?? '{}'))
  } catch {
    return {}
  }
}

export interface Panes {
  texts: Readonly<Record<string, string>>
  change(session: string, text: string): void
}

/** Texts by session; the first one's is the answer where the mode has it so, and is kept with the answer. */
export function usePanes(exercise: PostgresExercise, draft: Draft, initial: string | null): Panes {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() => {
    const saved = readSaved(initial)
    return Object.fromEntries(exercise.sessions.map(({ name, starter }) => [name, saved[name] ?? starter]))
  })
  const now = useRef(texts)
  const { keep } = draft
  const change = useCallback(
    (session: string, text: string) => {
      now.current = { ...now.current, [session]: text }
      setTexts(now.current)
      keep(JSON.stringify(now.current))
    },
    [keep],
  )
  return { texts, change }
}

/** The parameters that each session binds: those of a grader's clients in their order, else the exercise's. */
export function parametersBySession(exercise: PostgresExercise): Readonly<Record<string, Readonly<Record<string, Cell>>>> {
  const clients = exercise.checks.flatMap((check) => (check.type === 'interleavings' ? [check.clients] : []))[0] ?? []
  return Object.fromEntries(exercise.sessions.map(({ name }, index) => [name, { ...exercise.parameters, ...clients[index]?.parameters }]))
}
