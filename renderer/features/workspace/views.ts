/** Which view draws which kind of exercise. A new kind adds a line here and a component that takes its bundle. */
import type { ComponentType } from 'react'
import type { ExerciseBundle } from '../../../main/api/index.ts'
import { SqlWorkspace } from './sql-workspace.tsx'

export interface WorkspaceViewProps {
  bundle: ExerciseBundle
}

export const views: Readonly<Record<string, ComponentType<WorkspaceViewProps>>> = {
  sql: SqlWorkspace,
}
