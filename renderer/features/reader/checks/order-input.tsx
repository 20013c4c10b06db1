import type { ReactNode } from 'react'
import type { Check } from '../../../../exercises/content/model.ts'
import { Inlines } from '../blocks/inline.tsx'
import { plainText } from '../place/chapter-map.ts'
import { OrderList } from './order-list.tsx'

/** The items of a check in the text, to put in order. */
export function OrderInput({
  check,
  order,
  onChange,
  answered,
  labelledBy,
}: {
  check: Extract<Check, { type: 'order' }>
  order: readonly string[]
  onChange: (order: string[]) => void
  answered: boolean
  labelledBy: string
}): ReactNode {
  const items = check.items.map(({ id, label }) => ({ id, label: <Inlines of={label} />, name: plainText(label) }))
  return <OrderList items={items} order={order} onChange={onChange} answered={answered} labelledBy={labelledBy} />
}
