/** Panels that a learner made from PromQL: kept with the incident, so that the next shift has them too. */
import { useCallback, useMemo, useState } from 'react'
import { useDraft } from '../../workspace/draft.ts'

/** A query that is shown as a chart. */
export interface OwnPanel {
  readonly title: string
  readonly query: string
}

export interface OwnPanels {
  readonly panels: readonly OwnPanel[]
  keep(panel: OwnPanel): void
  drop(query: string): void
}

/** As many as a dashboard can show. */
const mostPanels = 24

/** The panels that are kept for an incident; none while they are being read. */
export function useOwnPanels(incidentId: string): OwnPanels {
  const draft = useDraft(`panels:${incidentId}`)
  const [written, setWritten] = useState<readonly OwnPanel[] | null>(null)
  const panels = useMemo(() => written ?? readPanels(draft.text ?? null), [written, draft.text])
  const write = draft.keep
  const change = useCallback(
    (next: readonly OwnPanel[]) => {
      setWritten(next)
      write(JSON.stringify(next))
    },
    [write],
  )
  return useMemo(
    () => ({
      panels,
      keep: (panel) => change([...panels.filter(({ query }) => query !== panel.query), panel].slice(-mostPanels)),
      drop: (query) => change(panels.filter((panel) => panel.query !== query)),
    }),
    [panels, change],
  )
}

/** What was kept; nothing where it cannot be read. */
export function readPanels(text: string | null): readonly OwnPanel[] {
  if (text === null || text === '') return []
  try {
    const read: unknown = JSON.parse(text)
    return Array.isArray(read) ? read.filter(isPanel).slice(0, mostPanels) : []
  } catch {
    return []
  }
}

function isPanel(value: unknown): value is OwnPanel {
  return typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string' && 'query' in value && typeof value.query === 'string'
}
