/** Which view draws which kind of exercise. A new kind adds a line here and a component that takes its bundle. */
import type { ReactNode } from 'react'
import type { KindName } from '../../../exercises/kinds/registry.ts'
import type { BundleOf, ExerciseBundle } from '../../../main/api/index.ts'
import { part } from '../../app/part.tsx'
import type { Part } from '../../app/part.tsx'

export interface WorkspaceViewProps<Kind extends KindName> {
  bundle: BundleOf<Kind>
}

const parts: { [Kind in KindName]: Part<WorkspaceViewProps<Kind>> } = {
  code: part(() => import('./code/code-workspace.tsx')),
  decision: part(() => import('./decision/decision-workspace.tsx')),
  diagram: part(() => import('./diagram/diagram-workspace.tsx')),
  document: part(() => import('./document/document-workspace.tsx')),
  postgres: part(() => import('./postgres/postgres-workspace.tsx')),
  sql: part(() => import('./sql-workspace.tsx')),
}

/** Views by the kind of the exercise; undefined for one that a newer version knows. */
// TypeScript cannot see that the view found by an exercise's own kind takes that exercise.
export const views = Object.fromEntries(Object.entries(parts).map(([kind, { View }]) => [kind, View])) as unknown as Readonly<
  Record<string, ((props: { bundle: ExerciseBundle }) => ReactNode) | undefined>
>

/** Fetches every view: they are small, and then open at once, also should the core that serves the files go away. */
export function fetchViews(): void {
  // A failure shows when the view is opened, with what to do about it.
  for (const { fetch } of Object.values(parts)) fetch().catch(() => undefined)
}
