import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { templateGroups } from '../../../exercises/content/template.ts'
import { useCall, useLibrary } from '../../app/data.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { routes } from '../../app/routes.ts'
import { useRowKeys } from '../../app/row-keys.ts'
import { Button, EmptyState, ErrorState, Page, PageSection, Skeleton } from '../../ui/index.ts'
import { TemplateForm } from './template-form.tsx'
import styles from './templates.module.css'

/** The templates by what they are for, or one of them to be filled in. */
export function TemplatesScreen({ templateId }: { templateId: string | null }): ReactNode {
  return templateId === null ? <TemplateList /> : <OneTemplate key={templateId} id={templateId} />
}

function TemplateList(): ReactNode {
  usePageTitle('Templates')
  const { templates } = useLibrary()
  const list = useRowKeys<HTMLDivElement>({ section: 'Templates', noun: 'template' })
  if (templates.length === 0) {
    return (
      <Page title="Templates">
        <EmptyState title="There are no templates">The content folder has no template that can be read. Your progress is safe.</EmptyState>
      </Page>
    )
  }
  return (
    <Page title="Templates" summary={`${String(templates.length)} documents to fill in, copy and save. What you write stays here until you clear it.`}>
      <div ref={list}>
        {templateGroups.map((group) => (
          <PageSection key={group} title={group}>
            <ul className={styles.list}>
              {templates
                .filter((template) => template.group === group)
                .map(({ id, title, when }) => (
                  <li key={id} className={styles.entry}>
                    <Link href={routes.template(id)} className={styles.name} data-row>
                      {title}
                    </Link>
                    <p className={styles.when}>{when}</p>
                  </li>
                ))}
            </ul>
          </PageSection>
        ))}
      </div>
    </Page>
  )
}

function OneTemplate({ id }: { id: string }): ReactNode {
  const summary = useLibrary().templates.find((candidate) => candidate.id === id)
  const title = summary?.title ?? 'Template'
  usePageTitle(title)
  const call = useCall('library.template', { id })
  const all = <Link href={routes.templates}>All templates</Link>
  return (
    <Page title={title} summary={summary?.when} actions={all}>
      {call.value !== undefined ? (
        <TemplateForm template={call.value} hasCommands />
      ) : call.state === 'failed' ? (
        <ErrorState title="The template could not be opened" message={call.error.message} action={<Button onClick={call.reload}>Try again</Button>} />
      ) : (
        <Skeleton lines={10} label="Opening the template" />
      )}
    </Page>
  )
}
