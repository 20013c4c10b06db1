import type { ReactNode } from 'react'
import type { Check } from '../../../../exercises/content/model.ts'
import type { Draft } from './check-draft.ts'
import { NumberInput, OptionInput } from './check-inputs.tsx'
import { OrderInput } from './order-input.tsx'

/** Where the answer to a check is made, whatever its type. Draws nothing for a draft of another type. */
export function CheckInput({
  check,
  draft,
  onChange,
  answered,
  labelledBy,
  describedBy,
}: {
  check: Check
  draft: Draft
  onChange: (draft: Draft) => void
  /** Nothing can be changed any more. */
  answered: boolean
  labelledBy: string
  describedBy: string | undefined
}): ReactNode {
  if (draft.type === 'options' && 'options' in check) {
    return <OptionInput check={check} chosen={draft.chosen} onChange={(chosen) => onChange({ type: 'options', chosen })} answered={answered} labelledBy={labelledBy} />
  }
  if (draft.type === 'number' && check.type === 'number') {
    return <NumberInput unit={check.unit} text={draft.text} onChange={(text) => onChange({ type: 'number', text })} answered={answered} labelledBy={labelledBy} describedBy={describedBy} />
  }
  if (draft.type === 'order' && check.type === 'order') {
    return <OrderInput check={check} order={draft.order} onChange={(order) => onChange({ type: 'order', order })} answered={answered} labelledBy={labelledBy} />
  }
  return null
}
