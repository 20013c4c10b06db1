import { idList } from '../../../../../exercises/kinds/decision/answer.ts'
import { announce } from '../../../../app/announce.ts'
import { Button, IconButton } from '../../../../ui/index.ts'
import { OrderList } from '../../../reader/checks/order-list.tsx'
import { CodeText } from '../../code-text.tsx'
import styles from '../decision.module.css'
import type { QuestionViewProps } from './question.ts'

/** Steps to put into an order; steps that do not belong can be left out. */
export function OrderQuestion({ check, value, labelledBy, decide }: QuestionViewProps<'order'>) {
  const ids = check.items.map((item) => item.id)
  const decided = idList(value, ids)
  const order = decided ?? ids
  const left = check.items.filter((item) => !order.includes(item.id))
  const canLeaveOut = check.items.some((item) => item.leaveOut !== undefined)
  const items = check.items.map(({ id, label }) => ({ id, label: <CodeText text={label} />, name: label.replaceAll('`', '') }))
  return (
    <>
      {decided === null && <p className={styles.note}>Not decided yet: move a step{canLeaveOut ? ', or leave one out,' : ''} to begin.</p>}
      <OrderList
        items={items}
        order={order}
        labelledBy={labelledBy}
        onChange={decide}
        {...(canLeaveOut
          ? {
              action: ({ id, name }) => (
                <IconButton
                  icon="close"
                  label={`Leave out: ${name}`}
                  disabled={order.length === 1}
                  onClick={() => {
                    decide(order.filter((one) => one !== id))
                    announce(`Left out: ${name}`)
                  }}
                />
              ),
            }
          : {})}
      />
      {left.length > 0 && (
        <div className={styles.left}>
          <h3 className={styles.minor}>Left out</h3>
          <ul className={styles.leftItems}>
            {left.map(({ id, label }) => (
              <li key={id} className={styles.leftItem}>
                <span>
                  <CodeText text={label} />
                </span>
                <Button
                  size="compact"
                  icon="undo"
                  aria-label={`Put back: ${label.replaceAll('`', '')}`}
                  onClick={() => {
                    decide([...order, id])
                    announce(`Put back as step ${String(order.length + 1)}`)
                  }}
                >
                  Put back
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}
