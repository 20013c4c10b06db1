/** The panels of the room, in the order of their tabs. A panel adds a folder here and a line. */
import { createElement } from 'react'
import type { ReactNode } from 'react'
import { part } from '../../../app/part.tsx'
import { TerminalWaiting } from './terminal/terminal-waiting.tsx'

/** `input`: what another panel hands over to be shown, such as a query or the id of a trace; null when chosen by its tab. */
export interface PanelProps {
  input: string | null
}

export interface Panel {
  readonly id: string
  readonly title: string
  View(props: PanelProps): ReactNode
}

export const panels: readonly Panel[] = [
  { id: 'dashboards', title: 'Dashboards', View: part<PanelProps>(() => import('./dashboards/dashboards-panel.tsx')).View },
  { id: 'metrics', title: 'Metrics', View: part<PanelProps>(() => import('./metrics/metrics-panel.tsx')).View },
  { id: 'logs', title: 'Logs', View: part<PanelProps>(() => import('./logs/logs-panel.tsx')).View },
  { id: 'traces', title: 'Traces', View: part<PanelProps>(() => import('./traces/traces-panel.tsx')).View },
  { id: 'terminal', title: 'Terminal', View: part<PanelProps>(() => import('./terminal/terminal-panel.tsx'), createElement(TerminalWaiting)).View },
  { id: 'actions', title: 'Actions', View: part<PanelProps>(() => import('./actions/actions-panel.tsx')).View },
  { id: 'notebook', title: 'Notebook', View: part<PanelProps>(() => import('./notebook/notebook-panel.tsx')).View },
  { id: 'messages', title: 'Messages', View: part<PanelProps>(() => import('./messages/messages-panel.tsx')).View },
  { id: 'alerts', title: 'Alerts', View: part<PanelProps>(() => import('./alerts/alerts-panel.tsx')).View },
  { id: 'changes', title: 'Changes', View: part<PanelProps>(() => import('./changes/changes-panel.tsx')).View },
]
