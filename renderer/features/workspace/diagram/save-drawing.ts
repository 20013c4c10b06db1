/** The drawing as a file. */
import type { DrawnDiagram } from '../../reader/diagrams/draw-diagram.ts'
import { svgElement } from '../../reader/diagrams/draw-diagram.ts'
import { saveFile } from '../../../app/save-file.ts'

/** A picture is twice its size on the screen, so that it stays sharp in a document. */
const scale = 2

function svgText(drawing: DrawnDiagram, title: string): string {
  const svg = svgElement(drawing, 'drawing', { title, describedBy: '' })
  if (svg === null) throw new Error('The drawing is no SVG.')
  svg.removeAttribute('aria-describedby')
  svg.style.backgroundColor = getComputedStyle(document.documentElement).getPropertyValue('--surface').trim()
  return new XMLSerializer().serializeToString(svg)
}

/** Saves the drawing as SVG, in the colours of the theme. */
export function saveSvg(drawing: DrawnDiagram, name: string): void {
  saveFile(`${name}.svg`, new Blob([svgText(drawing, name)], { type: 'image/svg+xml' }))
}

/** Saves the drawing as PNG. @throws when the browser cannot draw it */
export async function savePng(drawing: DrawnDiagram, name: string): Promise<void> {
  const address = URL.createObjectURL(new Blob([svgText(drawing, name)], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.ceil(drawing.width * scale)
    canvas.height = Math.ceil(drawing.height * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (picture === null) throw new Error('The browser made no picture.')
    saveFile(`${name}.png`, picture)
  } finally {
    URL.revokeObjectURL(address)
  }
}
