import { useLibrary, useProgress } from '../../app/data.ts'
import { ProgressBar } from '../../ui/index.ts'
import { evidenceText, shownMastery } from '../home/skill-list.tsx'
import { exerciseState } from './exercise-filter.ts'
import styles from './exercises.module.css'

/** Mastery of each skill that exercises train; choosing one filters the list. */
export function SkillPanel({ chosen, onChoose }: { chosen: string; onChoose(skill: string): void }) {
  const library = useLibrary()
  const progress = useProgress()
  const rows = library.skills.flatMap((skill) => {
    const own = library.exercises.filter((exercise) => exercise.skills.includes(skill.id))
    const passed = own.filter((exercise) => exerciseState(progress.exercises[exercise.id]) === 'passed').length
    return own.length === 0 ? [] : [{ ...skill, total: own.length, passed, held: progress.skills[skill.id] }]
  })
  return (
    <section className={styles.skillPanel} aria-label="Skills">
      <h2 className={styles.skillPanelTitle}>Skills</h2>
      <ul className={styles.skillRows}>
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" className={styles.skillRow} aria-pressed={chosen === row.id} onClick={() => onChoose(chosen === row.id ? '' : row.id)}>
              <span className={styles.skillName}>{row.title}</span>
              <span className={styles.skillCount}>
                {row.passed} of {row.total}
              </span>
              <ProgressBar value={shownMastery(row.held)} label={`Mastery of ${row.title}`} />
              <span className={styles.skillNote}>{evidenceText(row.held)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
