/** The drawing of a text that is being written: a moment after the last key, and the last good one while it has an error. */
import { useEffect, useState } from 'react'
import type { Diagram, DiagramFault } from '../../../../exercises/kinds/diagram/diagram.ts'
import { useDiagramColours } from '../../reader/diagrams/diagram-theme.ts'
import { drawDiagram } from '../../reader/diagrams/draw-diagram.ts'
import type { DrawnDiagram } from '../../reader/diagrams/draw-diagram.ts'
import { readAnswer } from './read-answer.ts'

const PAUSE_MS = 250

export interface Preview {
  /** The text that the rest is about; null before the first was read. */
  of: string | null
  /** The last text that could be drawn. */
  drawing: DrawnDiagram | null
  /** What the last text that could be read says. */
  diagram: Diagram | null
  /** What is wrong with the text as it is now. */
  fault: DiagramFault | null
}

const nothing: Preview = { of: null, drawing: null, diagram: null, fault: null }

/** Follows `text`. One that is refused is never drawn. */
export function usePreview(text: string): Preview {
  const { key, colours } = useDiagramColours()
  const [preview, setPreview] = useState<Preview>(nothing)
  useEffect(() => {
    let current = true
    const show = async (): Promise<void> => {
      const read = await readAnswer(text)
      if (!current) return
      if (!read.ok) {
        setPreview((last) => ({ ...last, of: text, fault: read.error }))
        return
      }
      const drawn = await drawDiagram(text, key, colours)
      if (!current) return
      if (drawn.ok) setPreview({ of: text, drawing: drawn.value, diagram: read.value, fault: null })
      else setPreview((last) => ({ ...last, of: text, diagram: read.value, fault: { line: 1, message: `It is read, but Mermaid cannot draw it: ${drawn.error.replace(/\.*$/, '.')}` } }))
    }
    const timer = setTimeout(() => void show(), PAUSE_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [text, key, colours])
  return preview
}
