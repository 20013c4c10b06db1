import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useLibrary } from '../../../app/data.ts'
import { routes } from '../../../app/routes.ts'
import styles from './exercise-card.module.css'

/** The way from the text to a template: what it is for, and where to fill it in. */
export function TemplateCard({ id }: { id: string }): ReactNode {
  const template = useLibrary().templates.find((candidate) => candidate.id === id)
  if (template === undefined) {
    return <p className={styles.missing}>The template “{id}” is not in this course. The rest of the chapter is not affected.</p>
  }
  return (
    <Link href={routes.template(id)} className={styles.card}>
      <span className={styles.kind}>Template</span>
      <span className={styles.title}>{template.title}</span>
      <span className={styles.summary}>{template.when}</span>
      <span className={styles.facts}>
        <span>Fill in, copy or save</span>
      </span>
    </Link>
  )
}
