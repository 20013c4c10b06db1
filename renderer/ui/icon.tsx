import { iconPaths } from './icon-paths.ts'
import type { IconName } from './icon-paths.ts'

export type { IconName } from './icon-paths.ts'

/** A decorative mark, drawn on a 16 px grid; the words beside it or its button's label carry the meaning. */
export function Icon({ name, size = 16 }: { name: IconName; size?: 12 | 16 }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth={size === 12 ? 1.75 : 1.4} strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      {iconPaths[name].map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  )
}
