import { useMemo } from 'react'
import type { DocumentExercise } from '../../../../exercises/kinds/document/schema.ts'
import { PanelEmpty } from '../panel-state.tsx'
import styles from './document.module.css'
import { bareFigure, pairSections, splitFigures } from './outline.ts'

/** The learner's text beside the model answer, section by section. Closed until the learner has passed or asked for it. */
export function ModelPanel({ exercise, text, model, isOpen }: { exercise: DocumentExercise; text: string; model: string; isOpen: boolean }) {
  const pairs = useMemo(() => (isOpen ? pairSections(exercise, text, model) : []), [isOpen, exercise, text, model])
  if (!isOpen) return <PanelEmpty title="The model answer is still closed">It opens beside your text when you have passed, or when you open the worked answer on the left.</PanelEmpty>
  return (
    <div className={styles.model}>
      <p className={styles.quiet}>One good answer among many. What differs is worth a look; it need not be wrong.</p>
      {pairs.map(({ title, yours, model: theirs, onlyYours, onlyModel }) => (
        <section key={title} className={styles.pair} aria-label={title}>
          <h3 className={styles.pairTitle}>{title}</h3>
          <p className={styles.difference}>{differenceWords(yours, theirs, onlyYours, onlyModel)}</p>
          <Side title="Yours" text={yours} marked={onlyYours} />
          <Side title="Model" text={theirs} marked={onlyModel} />
        </section>
      ))}
    </div>
  )
}

function differenceWords(yours: string | null, model: string | null, onlyYours: readonly string[], onlyModel: readonly string[]): string {
  if (yours === null && model === null) return 'Neither has it.'
  if (yours === null) return 'Only the model has it.'
  if (model === null) return 'Only yours has it.'
  const parts = [...(onlyModel.length > 0 ? [`figures in the model only: ${onlyModel.join(', ')}`] : []), ...(onlyYours.length > 0 ? [`in yours only: ${onlyYours.join(', ')}`] : [])]
  return `${String(wordCount(yours))} words, the model ${String(wordCount(model))}; ${parts.length === 0 ? 'the same figures' : parts.join('; ')}.`
}

const wordCount = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length

function Side({ title, text, marked }: { title: string; text: string | null; marked: readonly string[] }) {
  return (
    <div className={styles.side}>
      <h4 className={styles.sideTitle}>{title}</h4>
      {text === null || text === '' ? <p className={styles.quiet}>Nothing here.</p> : <div className={styles.sideText}>{withMarks(text, marked)}</div>}
    </div>
  )
}

/** The text with figures of one side marked. */
function withMarks(text: string, marked: readonly string[]) {
  if (marked.length === 0) return text
  const known = new Set(marked)
  return splitFigures(text).map((piece, index) => {
    // oxlint-disable-next-line react/no-array-index-key -- pieces of one text, in its order
    return index % 2 === 1 && known.has(bareFigure(piece)) ? <mark key={index}>{piece}</mark> : piece
  })
}
