import type { Debrief } from '../../../../../exercises/simulator/incident/debrief/index.ts'
import { sinceText } from '../../room/sim-time.ts'
import { useDebriefed } from '../debrief-context.ts'
import { moneyText, shareText, thousands } from '../debrief-words.ts'
import { forkNames } from './fork-series.ts'
import styles from './result.module.css'

/** What the three hands cost, side by side. */
export function Comparison() {
  const { debrief, facts } = useDebriefed()
  const { nobody, mine, expert, budgetBurned, cost, pageUs } = debrief
  const hands = [
    { name: forkNames[0], outcome: nobody, burned: budgetBurned.nobody },
    { name: forkNames[1], outcome: mine, burned: budgetBurned.mine },
    { name: forkNames[2], outcome: expert, burned: budgetBurned.expert },
  ]
  return (
    <>
      <p className={styles.sentence}>{sentence(debrief)}</p>
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
function sentence({ nobody, mine, expert, cost }: Debrief): string {
  const saved = nobody.failed - mine.failed
  const worth = (failed: number): string => (cost === null ? '' : ` (${moneyText(cost, failed)})`)
  const yours = saved > 0 ? `You saved ${thousands(saved)} requests${worth(saved)}` : saved === 0 ? 'What you did changed nothing for users' : `With you, ${thousands(-saved)} more requests failed than with nobody${worth(-saved)}`
  const left = mine.failed - expert.failed
  return left > 0 ? `${yours}. The expert would have saved ${thousands(left)} more${worth(left)}.` : left === 0 ? `${yours}. The expert saved as many.` : `${yours}, and ${thousands(-left)} more than the expert${worth(-left)}.`
}
