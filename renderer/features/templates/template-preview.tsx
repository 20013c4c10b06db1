import { useDeferredValue, useMemo, type ReactNode } from 'react'
import { compileBlocks } from '../../../exercises/content/compile/index.ts'
import { headingsLowered } from '../../../exercises/content/template-file.ts'
import { Prose } from '../reader/content.tsx'

/** The filled text as its readers will see it. What is not Markdown of the course is left out here, and stays in the copy. */
export default function TemplatePreview({ text }: { text: string }): ReactNode {
  const latest = useDeferredValue(text)
  const { blocks } = useMemo(() => compileBlocks({ file: 'your text', text: headingsLowered(latest), firstLine: 1 }), [latest])
  return <Prose of={blocks} />
}
