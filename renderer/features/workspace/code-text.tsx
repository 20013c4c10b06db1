import type { ReactNode } from 'react'

/** Text with `code` in backticks, which is all the markup that hints have. */
export function CodeText({ text }: { text: string }): ReactNode {
  // oxlint-disable-next-line react/no-array-index-key
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))
}
