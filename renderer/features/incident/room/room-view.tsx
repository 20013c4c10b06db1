import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import type { IncidentBundle } from '../../../../main/api/index.ts'
import { announce } from '../../../app/announce.ts'
import { useCommands } from '../../../app/commands.tsx'
import { SplitPane, Tabs } from '../../../ui/index.ts'
import { panels } from '../panels/index.ts'
import type { RoomFacts } from '../world/calls/facts.ts'
import type { OpenedShift } from '../world/protocol.ts'
import type { RoomClient } from '../world/room-client.ts'
import { useOwnPanels } from './own-panels.ts'
import { PagerBar } from './pager-bar.tsx'
import { RoomContext } from './room-context.ts'
import type { Room } from './room-context.ts'
import { RoomKeys } from './room-keys.tsx'
import styles from './room.module.css'
import { SideColumn } from './side-column.tsx'
import { TimeRangeStore } from './time-range.ts'
import { Timeline } from './timeline.tsx'
import { usePauseUnderDialogs } from './use-pause-under-dialogs.ts'
import { useViewed } from './use-viewed.ts'

interface RoomViewProps {
  bundle: IncidentBundle
  level: string
  seed: number
  client: RoomClient
  opened: OpenedShift
  facts: RoomFacts
}

/** The panel that tells itself which of its charts are shown. */
const panelWithCharts = 'dashboards'
const noQueries: readonly string[] = []

/** The room: pager above, signals in the centre, what is true now at the left, what was done at the right. */
export function RoomView({ bundle, level, seed, client, opened, facts }: RoomViewProps) {
  const [panel, setPanel] = useState(panels[0]?.id ?? '')
  const [inputs, setInputs] = useState<Readonly<Record<string, PanelInput>>>({})
  const [timeRange] = useState(() => new TimeRangeStore())
  const ownPanels = useOwnPanels(bundle.summary.id)
  const show = useCallback((id: string, text?: string) => {
    setPanel(id)
    if (text !== undefined) setInputs((all) => ({ ...all, [id]: { text, turn: (all[id]?.turn ?? 0) + 1 } }))
  }, [])
  const room = useMemo<Room>(() => ({ client, bundle, facts, opened, level, seed, timeRange, ownPanels, show }), [client, bundle, facts, opened, level, seed, timeRange, ownPanels, show])

  // The pager rings, and time passes, when there is somebody to hear it.
  // Before the room can be touched, so that nobody's pause is undone.
  useLayoutEffect(() => client.setSpeed(1), [client])
  usePauseUnderDialogs(client)
  useViewed(client, panel === panelWithCharts ? null : { panel, title: panels.find(({ id }) => id === panel)?.title ?? panel, queries: noQueries })
  useEffect(() => {
    announce(`Page: ${bundle.summary.page}. ${facts.title}`)
  }, [bundle, facts])
  useEffect(() => {
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') client.setSpeed(0)
    }
    document.addEventListener('visibilitychange', hidden)
    return () => document.removeEventListener('visibilitychange', hidden)
  }, [client])
  useCommands(
    panels.map(({ id, title }, index) => ({ id: `room.panel.${id}`, title: `Show ${title.toLowerCase()}`, section: 'Incident room', keys: `Alt+${String((index + 1) % 10)}`, run: () => setPanel(id) })),
  )

  return (
    <RoomContext value={room}>
      <div className={styles.room} data-keeps-corner>
        <h1 className="visually-hidden">{facts.title}</h1>
        <RoomKeys />
        <PagerBar />
        <SplitPane direction="horizontal" storageKey="room.side" initial={0.17} min={180} label="Width of the system">
          {[
            <SideColumn key="side" />,
            <SplitPane key="work" direction="horizontal" storageKey="room.timeline" initial={0.76} min={240} label="Width of the signals">
              {[
                <section key="signals" className={styles.signals} aria-label="Signals">
                  <Tabs
                    fill
                    label="Signals"
                    value={panel}
                    onChange={setPanel}
                    items={panels.map(({ id, title, View }) => ({ id, label: title, content: <View key={String(inputs[id]?.turn ?? 0)} input={inputs[id]?.text ?? null} /> }))}
                  />
                </section>,
                <Timeline key="timeline" />,
              ]}
            </SplitPane>,
          ]}
        </SplitPane>
      </div>
    </RoomContext>
  )
}

interface PanelInput {
  readonly text: string
  /** Raised by each hand-over, so that the same input shows again. */
  readonly turn: number
}
