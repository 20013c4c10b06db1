/** Source text with its tokens coloured, a copy button, and what running it printed, drawn as a terminal would. */
import { memo, useRef, type ReactNode } from 'react'
import type { Block } from '../../../../exercises/content/model.ts'
import { CopyButton } from '../../../ui/index.ts'
import { overflowsProbably, useScrollStop } from './scroll-stop.ts'
import styles from './code-block.module.css'

type Code = Extract<Block, { t: 'code' }>

const languageNames: Readonly<Record<string, string>> = {
  text: '',
  sql: 'SQL',
  pgsql: 'PostgreSQL',
  promql: 'PromQL',
  logql: 'LogQL',
  ts: 'TypeScript',
  typescript: 'TypeScript',
  js: 'JavaScript',
  json: 'JSON',
  yaml: 'YAML',
  sh: 'Shell',
  bash: 'Shell',
}

function ScrollingText({ label, text, className, children }: { label: string; text: string; className: string | undefined; children: ReactNode }): ReactNode {
  const ref = useRef<HTMLPreElement>(null)
  return (
    <pre ref={ref} className={className} {...useScrollStop(ref, label, overflowsProbably(text))}>
      {children}
    </pre>
  )
}

/** The engine that printed the output, when the course was checked. */
function engineName(block: Code): string | null {
  if (block.run === undefined) return null
  return block.run.engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'
}

/** One fence with its output. `memo`: text never changes while a chapter is open, and tokens are many. */
export const CodeBlock = memo(function CodeBlock({ block }: { block: Code }): ReactNode {
  const language = languageNames[block.lang] ?? block.lang
  const engine = engineName(block)
  const name = block.title ?? (language === '' ? 'Text' : language)
  const meta = engine ?? (block.title === undefined ? '' : language)
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.head}>
        <span className={styles.title}>{name}</span>
        {meta === '' || meta === name ? null : <span className={styles.meta}>{meta}</span>}
        <CopyButton text={block.text} label="Copy" size="compact" />
      </figcaption>
      <ScrollingText label={`Source: ${name}`} text={block.text} className={styles.source}>
        <code>
          {block.tokens.map((token, index) =>
            token.kind === undefined ? (
              token.text
            ) : (
              <span key={index} className={styles[token.kind]}>
                {token.text}
              </span>
            ),
          )}
        </code>
      </ScrollingText>
      {block.output === undefined ? null : (
        <div className={styles.output}>
          <div className={styles.outputHead}>{engine === null ? 'Output' : `Output, as ${engine} printed it`}</div>
          <ScrollingText label={`Output of ${name}`} text={block.output} className={styles.printed}>
            <samp>{block.output.trim() === '' ? '(nothing)' : block.output}</samp>
          </ScrollingText>
        </div>
      )}
    </figure>
  )
})
