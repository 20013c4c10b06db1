/** Reads the stacks that QuickJS writes: `    at name (file.js:12:3)`. */

export interface Frame {
  name: string
  file: string
  /** 1-based. */
  line: number
  column: number
}

/** Frames of a stack that name a place, innermost first. */
export function parseStack(stack: string): Frame[] {
  const frames: Frame[] = []
  for (const text of stack.split('\n')) {
    const found = /^\s*at (?:(.*?) \()?([^()\s]+):(\d+):(\d+)\)?$/.exec(text)
    if (found === null) continue
    frames.push({ name: found[1] ?? '', file: found[2] ?? '', line: Number(found[3]), column: Number(found[4]) })
  }
  return frames
}
