import { useMemo } from 'react'
import { compileBlocks } from '../../../../exercises/content/compile/index.ts'
import { Prose } from '../../reader/content.tsx'
import styles from './document.module.css'

/** The text as a reader sees it. */
export default function Preview({ text }: { text: string }) {
  const { blocks, problems } = useMemo(() => compileBlocks({ file: 'your text', text: forReading(text), firstLine: 1 }), [text])
  return (
    // A scrolling area must be reachable by keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.preview} aria-label="Preview of your text" tabIndex={0}>
      {blocks.length === 0 ? <p className={styles.quiet}>There is nothing to show yet.</p> : <Prose of={blocks} />}
      {problems.length > 0 && (
        <details className={styles.notDrawn}>
          <summary>{problems.length === 1 ? 'One part is not drawn' : `${String(problems.length)} parts are not drawn`}; it is checked all the same</summary>
          <ul>
            {problems.map((problem) => (
              <li key={`${String(problem.line)} ${problem.rule}`}>
                Line {problem.line}: {problem.message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

/** Comments are notes of the template; the page's own headings stand above those of the text. */
function forReading(text: string): string {
  let inFence = false
  return text
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/g, (comment) => comment.replaceAll(/[^\n]/g, ''))
    .split('\n')
    .map((line) => {
      if (/^\s*(?:`{3,}|~{3,})/.test(line)) inFence = !inFence
      return inFence ? line : line.replace(/^(#{1,6})(?=\s+\S)/, (marks) => (marks.length <= 2 ? '###' : '####'))
    })
    .join('\n')
}
