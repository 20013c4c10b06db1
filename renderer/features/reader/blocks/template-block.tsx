import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { useLibrary } from '../../../app/data.ts'
import { part } from '../../../app/part.tsx'
import { routes } from '../../../app/routes.ts'
import { Button, Skeleton } from '../../../ui/index.ts'
import cardStyles from './exercise-card.module.css'
import styles from './template-block.module.css'

/** The form draws prose itself, so it is fetched when it is opened and not imported. */
const form = part(() => import('../../templates/embedded-template.tsx'), <Skeleton lines={8} label="Opening the template" />)

/** A template in the text: what it is for, its own page, and the form where the reader stands. */
export function TemplateBlock({ id }: { id: string }): ReactNode {
  const template = useLibrary().templates.find((candidate) => candidate.id === id)
  const [isOpen, setOpen] = useState(false)
  if (template === undefined) {
    return <p className={cardStyles.missing}>The template “{id}” is not in this course. The rest of the chapter is not affected.</p>
  }
  return (
    <section className={styles.template} aria-label={`Template: ${template.title}`}>
      <div className={styles.head}>
        <div className={styles.words}>
          <span className={cardStyles.kind}>Template</span>
          <Link href={routes.template(id)} className={styles.title}>
            {template.title}
          </Link>
          <span className={cardStyles.summary}>{template.when}</span>
        </div>
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Close the form' : 'Fill it in here'}
        </Button>
      </div>
      {isOpen ? (
        <div className={styles.form}>
          <form.View id={id} />
        </div>
      ) : null}
    </section>
  )
}
