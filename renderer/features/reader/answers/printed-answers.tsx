import { useMemo, type ReactNode } from 'react'
import type { Chapter, Check } from '../../../../exercises/content/model.ts'
import { Status } from '../../../ui/index.ts'
import { Blocks } from '../blocks/blocks.tsx'
import { Inlines } from '../blocks/inline.tsx'
import { RightAnswer } from '../checks/check-feedback.tsx'
import { usePrinting } from '../printing.ts'
import { chapterAnswers, type PrintedAnswer } from './chapter-answers.ts'
import styles from './answers.module.css'

/** The last pages of a printed chapter: what each check asks for and why, and the text that waits for the answer on screen. */
export function PrintedAnswers({ chapter }: { chapter: Chapter }): ReactNode {
  const printing = usePrinting()
  const answers = useMemo(() => (printing === 'chapter' ? chapterAnswers(chapter) : []), [chapter, printing])
  if (answers.length === 0) return null
  return (
    <section className={styles.answers} aria-labelledby="printed-answers">
      <h2 id="printed-answers">Answers</h2>
      {answers.map((answer) => (
        <Answer key={answer.check.id} answer={answer} />
      ))}
    </section>
  )
}

function Answer({ answer: { number, check, section, folded } }: { answer: PrintedAnswer }): ReactNode {
  return (
    <section>
      <h3>
        Check {number} <span className={styles.quiet}>{section}</span>
      </h3>
      <Explained check={check} />
      {folded.length === 0 ? null : (
        <>
          <p className={styles.kind}>The text goes on</p>
          <Blocks of={folded} />
        </>
      )}
    </section>
  )
}

function Explained({ check }: { check: Check }): ReactNode {
  if ('options' in check) {
    return (
      <ol className={styles.letters}>
        {check.options.map((option) => (
          <li key={option.id}>
            <p className={styles.option}>
              <span className={styles.verdict}>
                <Status state={option.correct ? 'ok' : 'crit'}>{option.correct ? 'Right' : 'Not this'}</Status>
              </span>
              <Inlines of={option.label} />
            </p>
            <Blocks of={option.explanation} />
          </li>
        ))}
      </ol>
    )
  }
  return <RightAnswer check={check} />
}
