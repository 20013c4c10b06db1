/** Judges an order by what must come before what, so that every order that keeps it is right. */
import { idList } from '../answer.ts'
import { lines, undecided } from '../judgement.ts'
import type { Verdict } from '../judgement.ts'
import type { DecisionCheckOf } from '../schema.ts'

export function judgeOrder(check: DecisionCheckOf<'order'>, value: unknown): Verdict {
  const order = idList(value, check.items.map((item) => item.id))
  if (order === null) return undecided
  const label = (id: string): string => check.items.find((item) => item.id === id)?.label ?? id
  const missing = check.items.filter((item) => item.leaveOut === undefined && !order.includes(item.id))
  const unwanted = check.items.filter((item) => item.leaveOut !== undefined && order.includes(item.id))
  const demands = check.before.filter(({ first, then }) => order.includes(first) && order.includes(then))
  const broken = demands.filter(({ first, then }) => order.indexOf(first) > order.indexOf(then))

  const faults = [
    ...missing.map((item) => `Left out, and needed: ${item.label}`),
    ...unwanted.map((item) => `Does not belong here: ${item.label}. ${item.leaveOut ?? ''}`),
    ...broken.map(({ first, then, because }) => `"${label(first)}" comes before "${label(then)}": ${because}`),
  ]
  if (faults.length === 0) return { passed: true, share: 1, evidence: lines('Your order:', order.map((id, at) => `${at + 1}. ${label(id)}`)) }
  // Each demand counts once, and so does each step that is there or not; a step left out cannot keep its demands.
  const all = check.before.length + check.items.length
  const kept = demands.length - broken.length + check.items.length - missing.length - unwanted.length
  return { passed: false, share: (kept / all) ** 2, evidence: lines(`${check.before.length - demands.length + broken.length} of ${check.before.length} demands on the order are not kept.`, faults) }
}
