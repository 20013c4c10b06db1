import type { Comparison, Debrief } from '../../../../../exercises/simulator/incident/debrief/index.ts'
import { sinceText } from '../../room/sim-time.ts'
import { useDebriefed } from '../debrief-context.ts'
import { isUntouched, moneyText, shareText, thousands } from '../debrief-words.ts'
import { forkNames } from './fork-series.ts'
import styles from './result.module.css'

/** What the three hands cost, side by side. */
export function ComparisonTable({ comparison }: { comparison: Comparison }) {
  const { debrief, facts } = useDebriefed()
  const { mine, cost, pageUs } = debrief
  const { nobody, expert } = comparison
  const hands = [
    { name: forkNames[0], outcome: nobody, burned: comparison.budgetBurned.nobody },
    { name: forkNames[1], outcome: mine, burned: debrief.budgetBurned },
    { name: forkNames[2], outcome: expert, burned: comparison.budgetBurned.expert },
  ]
  return (
    <>
      <p className={styles.sentence}>{sentence(debrief, comparison)}</p>
      <div className={styles.tableScroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">The same seed with</th>
              <th scope="col">Failed requests</th>
              <th scope="col">Of</th>
              <th scope="col">Error budget of {facts.budget.days} days</th>
              {cost !== null && <th scope="col">At {cost.amount} {cost.currency} each</th>}
              <th scope="col">Objective met from</th>
            </tr>
          </thead>
          <tbody>
            {hands.map(({ name, outcome, burned }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{thousands(outcome.failed)}</td>
                <td>{thousands(outcome.total)}</td>
                <td>{shareText(burned)}</td>
                {cost !== null && <td>{moneyText(cost, outcome.failed)}</td>}
                <td>{outcome.mitigatedUs === null ? 'not met again' : outcome.mitigatedUs <= pageUs ? 'met throughout' : sinceText(outcome.mitigatedUs - pageUs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {facts.scale !== null && <p className={styles.quiet}>{facts.scale}</p>}
    </>
  )
}

/** The difference in one line: requests, and money where they have a price. */
function sentence({ mine, cost, acts, truth }: Debrief, { nobody, expert }: Comparison): string {
  const saved = nobody.failed - mine.failed
  const worth = (failed: number): string => (cost === null ? '' : ` (${moneyText(cost, failed)})`)
  const yours = saved > 0 ? `You saved ${thousands(saved)} requests${worth(saved)}` : saved === 0 ? (isUntouched(acts) ? 'You changed nothing, so your curve is the one of nobody' : 'What you did changed nothing for users') : `With you, ${thousands(-saved)} more requests failed than with nobody${worth(-saved)}`
  if (truth.kind === 'false-alarm') return `${yours}. Nothing needed doing.`
  const left = mine.failed - expert.failed
  return left > 0 ? `${yours}. The expert would have saved ${thousands(left)} more${worth(left)}.` : left === 0 ? `${yours}. The expert saved as many.` : `${yours}, and ${thousands(-left)} more than the expert${worth(-left)}.`
}
