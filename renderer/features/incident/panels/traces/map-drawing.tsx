import { useId } from 'react'
import type { ServiceMap } from '../../../../../exercises/simulator/traces/index.ts'
import { durationText } from './duration-text.ts'
import { layOutMap } from './map-layout.ts'
import { percent, stateOf } from './map-state.ts'
import styles from './traces.module.css'

/** Services as boxes, callers left of those they call; a table or a sentence beside it says the same in words. */
export function MapDrawing({ map }: { map: ServiceMap }) {
  const arrow = useId()
  const { boxes, lines, width, height } = layOutMap(map)
  return (
    <svg className={styles.map} viewBox={`0 0 ${String(width)} ${String(height)}`} style={{ maxWidth: width }} aria-hidden="true">
      {lines.map((line) => (
        <path key={line.id} d={line.path} className={styles.edge} data-state={stateOf(line.failureShare)} markerEnd={`url(#${arrow})`} />
      ))}
      <defs>
        <marker id={arrow} viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
          <path d="M0 0 8 4 0 8z" className={styles.arrow} />
        </marker>
      </defs>
      {boxes.map(({ node, x, y, width: boxWidth, height: boxHeight }) => (
        <g key={node.service} transform={`translate(${String(x)} ${String(y)})`}>
          <rect width={boxWidth} height={boxHeight} rx="6" className={styles.box} data-state={stateOf(node.failureShare)} />
          <text x="12" y="20" className={styles.boxName}>
            {node.service}
          </text>
          <text x="12" y="38" className={styles.boxFact}>
            {percent(node.failureShare)} failed, p95 {durationText(node.p95Us)}
          </text>
        </g>
      ))}
    </svg>
  )
}
