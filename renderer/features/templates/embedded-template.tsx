import type { ReactNode } from 'react'
import { useCall } from '../../app/data.ts'
import { Button, ErrorState, Skeleton } from '../../ui/index.ts'
import { TemplateForm } from './template-form.tsx'

/** A template inside a chapter; what is written is the same as on its own page. */
export default function EmbeddedTemplate({ id }: { id: string }): ReactNode {
  const call = useCall('library.template', { id })
  if (call.value !== undefined) return <TemplateForm template={call.value} />
  if (call.state === 'failed') return <ErrorState title="The template could not be opened" message={call.error.message} action={<Button onClick={call.reload}>Try again</Button>} />
  return <Skeleton lines={8} label="Opening the template" />
}
