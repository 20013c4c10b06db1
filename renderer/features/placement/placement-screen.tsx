import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useCall, useLibrary } from '../../app/data.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { routes } from '../../app/routes.ts'
import { Button, EmptyState, ErrorState, Page, Skeleton } from '../../ui/index.ts'
import { Content } from '../reader/content.tsx'
import { useDraft } from '../workspace/draft.ts'
import { PlacementTest } from './placement-test.tsx'

/** The placement test, once its questions and what was answered before are there. */
export function PlacementScreen(): ReactNode {
  usePageTitle('Placement test')
  const { placement } = useLibrary()
  const call = useCall('library.placement', {})
  const draft = useDraft('placement')
  if (placement === null) {
    return (
      <Page title="Placement test">
        <EmptyState title="There is no placement test" action={<Link href={routes.chapters}>See all chapters</Link>}>
          The content folder names no questions for it that can be read. Every chapter is open without it.
        </EmptyState>
      </Page>
    )
  }
  if (call.value !== undefined && draft.text !== undefined) {
    return (
      <Content>
        <PlacementTest questions={call.value.questions} minutes={placement.minutes} draft={draft} />
      </Content>
    )
  }
  return (
    <Page title="Placement test">
      {call.state === 'failed' ? (
        <ErrorState title="The questions could not be fetched" message={call.error.message} details={call.error.details} action={<Button onClick={call.reload}>Try again</Button>} />
      ) : (
        <Skeleton lines={6} label="Fetching the questions" />
      )}
    </Page>
  )
}
