import type { ReactNode } from 'react'

/** Text with `code` in backticks, which is all the markup that hints have. A backtick without its partner is a backtick. */
export function CodeText({ text }: { text: string }): ReactNode {
  const parts = text.split('`')
  if (parts.length % 2 === 0) return text
  // oxlint-disable-next-line react/no-array-index-key
  return parts.map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))
}
