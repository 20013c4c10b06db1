/** The first sentence of feedback: what the answer amounts to, without giving the right one away. */
import type { Check } from '../../../../exercises/content/model.ts'
import { countInPlace, type CheckAnswer } from './check-logic.ts'

/** Words beside the mark; empty where the explanation of the chosen option says it all. */
export function verdictSentence(check: Check, answer: CheckAnswer, correct: boolean): string {
  switch (check.type) {
    case 'choice':
      return ''
    case 'multiple': {
      if (!Array.isArray(answer) || correct) return ''
      const right = check.options.filter((option) => option.correct).map((option) => option.id)
      const found = answer.filter((id) => right.includes(id)).length
      const extra = answer.length - found
      const parts = [`${found} of the ${right.length} that hold`, ...(extra > 0 ? [`${extra} that ${extra === 1 ? 'does' : 'do'} not`] : [])]
      return `You chose ${parts.join(' and ')}.`
    }
    case 'number': {
      if (typeof answer !== 'number') return ''
      const unit = check.unit === '' ? '' : ` ${check.unit}`
      const given = `${formatNumber(answer)}${unit}`
      if (answer === check.answer) return `${given}.`
      if (correct) return `${given}, within ${formatNumber(check.tolerance)} of ${formatNumber(check.answer)}.`
      return `${given} is too ${answer > check.answer ? 'high' : 'low'}.`
    }
    case 'order':
      if (!Array.isArray(answer) || correct) return ''
      return `${countInPlace(check, answer)} of ${check.items.length} are in place.`
  }
}

/** A number as it is written in the chapters: with commas at the thousands, and all its decimals. */
export function formatNumber(number: number): string {
  return number.toLocaleString('en', { maximumFractionDigits: 20 })
}
