import type { ResumePoint } from './course-progress.ts'
import { routes } from './routes.ts'

/** The address of the place to go on from. */
export function resumeRoute({ route }: ResumePoint): string {
  switch (route.kind) {
    case 'exercise':
      return routes.exercise(route.id)
    case 'incident':
      return routes.incident(route.id)
    case 'chapter':
      return routes.chapter(route.id, route.section)
  }
}
