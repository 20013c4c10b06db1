import { useId, type ReactNode } from 'react'
import type { Check } from '../../../../exercises/content/model.ts'
import { Blocks } from '../blocks/blocks.tsx'
import type { Draft } from './check-draft.ts'
import { CheckInput } from './check-input.tsx'
import styles from './checks.module.css'

/** What a question asks, where it is answered, and what is wrong with what was typed. */
export function QuestionBody({
  check,
  promptId,
  draft,
  onChange,
  answered = false,
  problem,
}: {
  check: Check
  /** Names the form, so it is the form's to give. */
  promptId: string
  draft: Draft
  onChange(draft: Draft): void
  answered?: boolean
  /** A sentence, or null while nothing is wrong. */
  problem: string | null
}): ReactNode {
  const problemId = useId()
  return (
    <>
      <div id={promptId} className={styles.prompt}>
        <Blocks of={check.prompt} />
      </div>
      <CheckInput check={check} draft={draft} onChange={onChange} answered={answered} labelledBy={promptId} describedBy={problem === null ? undefined : problemId} />
      {problem === null ? null : (
        <p id={problemId} className={styles.problem}>
          {problem}
        </p>
      )}
    </>
  )
}
