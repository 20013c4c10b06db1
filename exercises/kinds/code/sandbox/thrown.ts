/** Reads what a program threw. */
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core'

export interface Thrown {
  name: string
  message: string
  stack: string
}

/** Name, message and stack of what was thrown, whatever it is. */
export function readThrown(context: QuickJSContext, error: QuickJSHandle): Thrown {
  const read = (name: string): string => {
    const handle = context.getProp(error, name)
    const text = context.typeof(handle) === 'string' ? context.getString(handle) : ''
    handle.dispose()
    return text
  }
  // Without memory for an error, the engine throws null.
  if (context.typeof(error) !== 'object' || context.dump(error) === null) return { name: '', message: `threw ${String(context.dump(error))}`, stack: '' }
  return { name: read('name'), message: read('message'), stack: read('stack') }
}

/** True for the error with which the engine reports that its memory limit is reached. */
export function isOutOfMemory(error: { name: string; message: string }): boolean {
  return error.name === 'InternalError' && (error.message === 'out of memory' || error.message === 'string too long')
}
