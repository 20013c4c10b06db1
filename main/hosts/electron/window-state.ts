/** Remembers where the window was, and puts it back where a display still is. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const stateSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof stateSchema>
export type Area = { x: number; y: number; width: number; height: number }

export const windowMinimum = { width: 1024, height: 700 }
const windowDefault = { width: 1280, height: 800 }
/** So much of the window must lie on a display for its title bar to be reachable, in px. */
const visiblePx = 120

/** The stored state where it can still be seen; otherwise the default size, centred by the system. */
export function readWindowState(file: string, displays: readonly Area[]): Partial<WindowState> & { width: number; height: number } {
  const stored = parseFile(file)
  if (!stored) return windowDefault
  const width = Math.max(stored.width, windowMinimum.width)
  const height = Math.max(stored.height, windowMinimum.height)
  const visible = displays.some(
    (area) => stored.x + width - visiblePx > area.x && stored.x + visiblePx < area.x + area.width && stored.y >= area.y && stored.y + visiblePx < area.y + area.height,
  )
  return visible ? { ...stored, width, height } : { width, height, maximized: stored.maximized }
}

/** Best effort: losing it costs the learner one resize. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.new`, JSON.stringify(state))
    renameSync(`${file}.new`, file)
  } catch {
    // A full or read-only disk is reported where it matters, by the progress store.
  }
}

function parseFile(file: string): WindowState | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}
