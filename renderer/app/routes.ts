import { navigate } from 'wouter/use-hash-location'

/** The address of a place in the app, for links and `go`. */
export const routes = {
  home: '/',
  chapters: '/chapters',
  chapter: (id: string, section?: string | null) => `/chapters/${encodeURIComponent(id)}${section ? `/${encodeURIComponent(section)}` : ''}`,
  exercises: '/exercises',
  exercise: (id: string) => `/exercises/${encodeURIComponent(id)}`,
  incidents: '/incidents',
  incident: (id: string) => `/incidents/${encodeURIComponent(id)}`,
  shift: (id: string) => `/incidents/${encodeURIComponent(id)}/shift`,
  debrief: (id: string) => `/incidents/${encodeURIComponent(id)}/debrief`,
  notes: '/notes',
  paths: '/paths',
  placement: '/placement',
  path: (id: string) => `/paths/${encodeURIComponent(id)}`,
  templates: '/templates',
  template: (id: string) => `/templates/${encodeURIComponent(id)}`,
  reference: '/reference',
  glossary: (term?: string) => `/glossary${term === undefined ? '' : `/${encodeURIComponent(term)}`}`,
  settings: '/settings',
  about: '/about',
} as const

/** Goes to an address of `routes`, or to a content link such as `/chapters/ch07#locks`. */
export function go(to: string): void {
  navigate(routeOfContentLink(to))
}

/** Content writes `/chapters/ch07#locks`; the hash of the window is taken by the route, so sections are a path step. */
export function routeOfContentLink(href: string): string {
  const [path, section] = href.split('#')
  return section === undefined || section === '' ? (path ?? href) : `${path ?? ''}/${section}`
}
