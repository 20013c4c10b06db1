import { useLibrary, useProgress } from '../../app/data.ts'
import { PageSection, ProgressBar } from '../../ui/index.ts'
import styles from './home.module.css'

/** Fewer answers than this say little; the row says so. */
const enoughEvidence = 3

/** What the answers so far say about each skill that the written chapters build. */
export function SkillList() {
  const library = useLibrary()
  const progress = useProgress()
  const built = new Set([...library.chapters.filter((chapter) => chapter.state === 'ready').flatMap((chapter) => chapter.skills), ...library.exercises.flatMap((exercise) => exercise.skills)])
  const skills = library.skills.filter((skill) => built.has(skill.id))
  return (
    <PageSection title="Skills">
      {skills.length === 0 ? (
        <p className={styles.quiet}>Skills appear with the first chapter.</p>
      ) : (
        <ul className={styles.skills}>
          {skills.map((skill) => {
            const own = progress.skills[skill.id]
            return (
              <li key={skill.id} className={styles.skill}>
                <span className={styles.skillTitle}>{skill.title}</span>
                <span className={styles.skillNote}>{evidenceText(own)}</span>
                <ProgressBar value={shownMastery(own)} label={`Mastery of ${skill.title}`} />
              </li>
            )
          })}
        </ul>
      )}
    </PageSection>
  )
}

/** Mastery as words: the number only when enough answers stand behind it. */
export function evidenceText(skill: { mastery: number; evidence: number } | undefined): string {
  if (skill === undefined || skill.evidence === 0) return 'no answers yet'
  const answers = skill.evidence === 1 ? '1 answer' : `${String(skill.evidence)} answers`
  return skill.evidence < enoughEvidence ? `little evidence: ${answers}` : `${String(Math.round(skill.mastery * 100))}% from ${answers}`
}

/** What a bar may show: nothing before enough answers stand behind it. */
export function shownMastery(skill: { mastery: number; evidence: number } | undefined): number {
  return skill === undefined || skill.evidence < enoughEvidence ? 0 : skill.mastery
}
