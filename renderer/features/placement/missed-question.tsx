import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Block, Check } from '../../../exercises/content/model.ts'
import { routes } from '../../app/routes.ts'
import { Blocks } from '../reader/blocks/blocks.tsx'
import { ExplainedOption, RightAnswer } from '../reader/checks/check-feedback.tsx'
import type { CheckAnswer } from '../reader/checks/check-logic.ts'
import { verdictSentence } from '../reader/checks/verdict.ts'
import { plainText } from '../reader/place/chapter-map.ts'
import type { Missed } from './placement-result.ts'
import blockStyles from '../reader/blocks/blocks.module.css'
import checkStyles from '../reader/checks/checks.module.css'
import styles from './placement.module.css'

/** A question that was not answered right: where its answer is taught, and, unfolded, the question with every explanation. */
export function MissedQuestion({ missed: { question, answer, sectionTitle } }: { missed: Missed }): ReactNode {
  const { chapter, section, check } = question
  return (
    <li>
      <details className={styles.details}>
        <summary>
          <span className={styles.words}>{firstWords(check.prompt)}</span>
        </summary>
        <div className={`${blockStyles.prose} ${checkStyles.check}`}>
          {check.prompt.length > 1 && <Blocks of={check.prompt} />}
          <p className={styles.given}>{givenWords(check, answer)}</p>
          <Reasons check={check} answer={answer} />
        </div>
      </details>
      <p className={styles.taught}>
        Taught in <Link href={routes.chapter(chapter, section)}>{sectionTitle}</Link>
      </p>
    </li>
  )
}

function Reasons({ check, answer }: { check: Check; answer: CheckAnswer | null }): ReactNode {
  if (!('options' in check)) return <RightAnswer check={check} />
  const chosen = Array.isArray(answer) ? answer : [answer]
  // What holds comes first: it is what was missed.
  const ordered = check.options.toSorted((one, other) => Number(other.correct) - Number(one.correct))
  return ordered.map((option) => <ExplainedOption key={option.id} option={option} isChosen={chosen.includes(option.id)} />)
}

/** Empty for a choice, whose options say which one was chosen. */
function givenWords(check: Check, answer: CheckAnswer | null): string {
  const said = answer === null ? 'You said that you do not know.' : verdictSentence(check, answer, false)
  return 'options' in check ? said : `${said} The answer:`
}

/** The first paragraph of a question, to know it by. */
function firstWords(prompt: readonly Block[]): string {
  const paragraph = prompt.find((block) => block.t === 'p')
  return paragraph === undefined ? 'A question' : plainText(paragraph.c)
}
