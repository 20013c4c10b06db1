export { createCore } from './core.ts'
export type { CoreOptions } from './core.ts'
