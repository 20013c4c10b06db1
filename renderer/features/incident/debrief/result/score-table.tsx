import type { ScoreLine } from '../../../../../exercises/simulator/incident/debrief/index.ts'
import { StatusMark } from '../../../../ui/index.ts'
import styles from '../debrief.module.css'

const amount = (value: number): string => String(Number(value.toFixed(2)))

/** The lines of a score with what each was given for; they add up to the total below them. */
export function ScoreTable({ lines }: { lines: readonly ScoreLine[] }) {
  const earned = lines.reduce((sum, line) => sum + line.earned, 0)
  const points = lines.reduce((sum, line) => sum + line.points, 0)
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Criterion</th>
          <th scope="col">Why</th>
          <th scope="col" className={styles.numeric}>
            Points
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <th scope="row">
              <span className={styles.criterion}>
                <StatusMark state={line.earned >= line.points && line.earned >= 0 ? 'ok' : line.earned > 0 ? 'warn' : 'crit'} />
                {line.label}
              </span>
            </th>
            <td>{line.because}</td>
            <td className={styles.numeric}>
              {amount(line.earned)} of {amount(line.points)}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            Sum
          </th>
          <td className={styles.numeric}>
            {amount(earned)} of {amount(points)}
          </td>
        </tr>
      </tfoot>
    </table>
  )
}
