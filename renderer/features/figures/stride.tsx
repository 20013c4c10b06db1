import type { ReactNode } from 'react'
import { strideElements, threatNames, threatsOf } from '../../../exercises/figures/stride.ts'
import type { StrideElement, Threat } from '../../../exercises/figures/stride.ts'
import type { FigureProps } from './index.ts'
import { FigureFrame } from './kit/figure-frame.tsx'
import { countText } from './kit/number-text.ts'
import { useFigure, useKept } from './kit/use-figure.ts'
import styles from './stride.module.css'

const elements = Object.keys(strideElements) as StrideElement[]
const kindWords = { external: 'external entity', process: 'process', store: 'data store', flow: 'data flow' } as const
const arrows: Partial<Record<StrideElement, string>> = { request: '→', query: '→', call: '↓' }

/** A data-flow diagram whose elements are clicked for the threats to ask about. */
export default function Stride(props: FigureProps): ReactNode {
  const figure = useFigure('stride', props)
  const { element } = figure.values
  const [seen, setSeen] = useKept<readonly StrideElement[]>(`${figure.key}/seen`, [element])
  const shown = strideElements[element]
  const threats = threatsOf[shown.kind]
  const crossing = shown.crossesBoundary ? ' It crosses a trust boundary: look here first.' : ''
  return (
    <FigureFrame
      of={figure}
      onReset={() => setSeen([String(props.attributes['element'] ?? 'browser') as StrideElement])}
      controls={null}
      summary={`${shown.name} is ${shown.kind === 'external' ? 'an' : 'a'} ${kindWords[shown.kind]}: ${countText(threats.length, 'threat')} to ask about, ${threats.map((threat) => threatNames[threat].toLowerCase()).join(', ')}.${crossing} Looked at ${seen.length} of ${elements.length} elements.`}
      readings={{ seen: seen.length }}
      note="STRIDE for each element (Shostack, “Threat Modeling”, 2014): external entities S and R; processes all six; data stores T, I and D, and R where they hold logs; data flows T, I and D. It finds what to ask; it does not say how likely or how bad a threat is."
    >
      <div className={styles.diagram}>
        <div className={styles.boundary} aria-hidden="true">
          trust boundary: what we run
        </div>
        {elements.map((name) => {
          const each = strideElements[name]
          return (
            <button
              key={name}
              type="button"
              className={styles.element}
              data-kind={each.kind}
              data-place={name}
              data-seen={seen.includes(name) || undefined}
              aria-pressed={name === element}
              onClick={() => {
                figure.set({ element: name })
                if (!seen.includes(name)) setSeen([...seen, name])
              }}
            >
              {each.name} {arrows[name] === undefined ? null : <span aria-hidden="true">{arrows[name]}</span>}
            </button>
          )
        })}
      </div>
      <div>
        <div className={styles.heading}>
          {shown.name}, {kindWords[shown.kind]}
        </div>
        <dl className={styles.threats}>
          {(Object.keys(threatNames) as Threat[]).map((threat) => {
            const question = shown.questions[threat]
            return (
              <div key={threat} className={styles.threat} data-applies={question !== undefined || undefined}>
                <dt>{threatNames[threat]}</dt>
                <dd>{question ?? 'not asked of this kind of element'}</dd>
              </div>
            )
          })}
        </dl>
      </div>
    </FigureFrame>
  )
}
