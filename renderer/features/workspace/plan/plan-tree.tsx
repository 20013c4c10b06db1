import { useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { PlanNode } from '../../../../exercises/kinds/sql/engine.ts'
import { Icon, StatusMark } from '../../../ui/index.ts'
import type { StatusState } from '../../../ui/index.ts'
import type { PlanChange } from './plan-diff.ts'
import { planDiff } from './plan-diff.ts'
import type { PlanFlag } from './plan-words.ts'
import { planSummary, planWords } from './plan-words.ts'
import styles from './plan-tree.module.css'

const marks: Record<PlanFlag['weight'], StatusState> = { costly: 'crit', look: 'warn', good: 'ok' }
const changeWords: Record<PlanChange['state'], string> = { same: '', added: 'New', gone: 'Gone' }

interface PlanTreeProps {
  plan: readonly PlanNode[]
  /** The plan of the same query before; its lines that went are shown struck out. */
  before: readonly PlanNode[] | null
  /** Spoken name of the tree. */
  name: string
}

/** A query plan as a tree: SQLite's words, what they mean, and what changed. */
export function PlanTree({ plan, before, name }: PlanTreeProps) {
  const lines = useMemo(() => planDiff(before ?? plan, plan), [before, plan])
  const [current, setCurrent] = useState(0)
  const tree = useRef<HTMLUListElement>(null)
  const focused = Math.min(current, lines.length - 1)

  const move = (to: number): void => {
    const next = Math.max(0, Math.min(lines.length - 1, to))
    setCurrent(next)
    tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[next]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const depth = lines[focused]?.depth ?? 0
    const targets: Record<string, number> = {
      ArrowDown: focused + 1,
      ArrowUp: focused - 1,
      Home: 0,
      End: lines.length - 1,
      // The tree is always open: left goes to the parent, right to the first child.
      ArrowLeft: lines.findLastIndex((line, index) => index < focused && line.depth < depth),
      ArrowRight: (lines[focused + 1]?.depth ?? 0) > depth ? focused + 1 : focused,
    }
    const target = targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    event.stopPropagation()
    move(target)
  }

  return (
    <div className={styles.plan}>
      <p className={styles.summary}>{planSummary(plan)}</p>
      <ul ref={tree} role="tree" aria-label={name} className={styles.tree} onKeyDown={onKeyDown}>
        {lines.map((line, index) => {
          const { flags, explanation } = planWords(line.node)
          return (
            <li
              key={`${String(index)}-${line.node.detail}`}
              role="treeitem"
              aria-level={line.depth + 1}
              aria-selected={index === focused}
              tabIndex={index === focused ? 0 : -1}
              className={styles.line}
              data-change={line.state}
              style={{ paddingInlineStart: `calc(var(--space-12) + ${String(line.depth)} * var(--space-24))` }}
              onFocus={() => setCurrent(index)}
            >
              <div className={styles.words}>
                {line.depth > 0 && (
                  <span className={styles.branch}>
                    <Icon name="chevron-right" size={12} />
                  </span>
                )}
                <code className={styles.detail}>{line.node.detail}</code>
                {line.state !== 'same' && (
                  <span className={styles.change}>
                    <Icon name={line.state === 'added' ? 'plus' : 'minus'} size={12} />
                    {changeWords[line.state]}
                  </span>
                )}
                {(line.state === 'gone' ? [] : flags).map((flag) => (
                  <span key={flag.word} className={styles.flag} data-weight={flag.weight}>
                    <StatusMark state={marks[flag.weight]} />
                    {flag.word}
                  </span>
                ))}
              </div>
              {line.state !== 'gone' && <p className={styles.explanation}>{explanation}</p>}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
