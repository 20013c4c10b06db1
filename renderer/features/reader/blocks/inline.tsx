/** Runs of text. Content is data, so every inline is a React element and nothing is ever parsed as HTML. */
import { Fragment, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { Inline } from '../../../../exercises/content/model.ts'
import { Tooltip } from '../../../ui/index.ts'
import { routeOf } from '../place/chapter-map.ts'
import { Term } from '../glossary.tsx'
import { useContentPlace } from './content-place.ts'
import { numbersTogether } from './together.ts'
import styles from './blocks.module.css'

function InlineLink({ href, external, children }: { href: string; external: boolean; children: ReactNode }): ReactNode {
  const { chapterId, onFollow } = useContentPlace()
  if (external) {
    return (
      <a href={href} target="_blank" rel="noopener noreferrer">
        {children}
        <span className={styles.hiddenText}> (opens outside the app)</span>
      </a>
    )
  }
  const route = routeOf(href, chapterId)
  return (
    <Link href={route} onClick={() => onFollow(route)}>
      {children}
    </Link>
  )
}

function InlineOne({ inline }: { inline: Inline }): ReactNode {
  switch (inline.t) {
    case 'text':
      return inline.v
    case 'em':
      return (
        <em>
          <Inlines of={inline.c} />
        </em>
      )
    case 'strong':
      return (
        <strong>
          <Inlines of={inline.c} />
        </strong>
      )
    case 'del':
      return (
        <del>
          <Inlines of={inline.c} />
        </del>
      )
    case 'code':
      return <code className={styles.inlineCode}>{inline.v}</code>
    case 'link':
      return (
        <InlineLink href={inline.href} external={inline.external}>
          <Inlines of={inline.c} />
        </InlineLink>
      )
    case 'num':
      return (
        <Tooltip label={`${inline.from} = ${inline.v}`}>
          <button type="button" className={styles.number}>
            {inline.v}
          </button>
        </Tooltip>
      )
    case 'br':
      return <br />
    case 'term':
      return <Term id={inline.id}>{inline.v}</Term>
  }
}

/** Draws a run of inlines. */
export function Inlines({ of }: { of: readonly Inline[] }): ReactNode {
  return numbersTogether(of).map((run, index) =>
    run.t === 'together' ? (
      <span key={index} className={styles.together}>
        {run.before}
        <InlineOne inline={run.number} />
        {run.after}
      </span>
    ) : (
      <Fragment key={index}>
        <InlineOne inline={run} />
      </Fragment>
    ),
  )
}
