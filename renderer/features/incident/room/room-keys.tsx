import { useCommands } from '../../../app/commands.tsx'
import { useRoom, useTick } from './room-context.ts'
import { useAcknowledge } from './use-acknowledge.ts'
import { go, routes } from '../../../app/routes.ts'

/** The keys of the clock and the pager. */
export function RoomKeys() {
  const { client, bundle } = useRoom()
  const speed = useTick((tick) => tick.speed)
  const stopped = useTick((tick) => tick.stopped)
  const { isAcknowledged, acknowledge } = useAcknowledge()
  const running = stopped === null
  useCommands([
    { id: 'room.pause', title: speed === 0 ? 'Let time go on' : 'Pause the clock', section: 'Incident room', keys: 'Space', enabled: running, run: () => client.setSpeed(speed === 0 ? 1 : 0) },
    { id: 'room.speed.1', title: 'Real time', section: 'Incident room', keys: '1', enabled: running, run: () => client.setSpeed(1) },
    { id: 'room.speed.4', title: 'Four times as fast', section: 'Incident room', keys: '4', enabled: running, run: () => client.setSpeed(4) },
    { id: 'room.speed.10', title: 'Ten times as fast', section: 'Incident room', keys: '0', enabled: running, run: () => client.setSpeed(10) },
    { id: 'room.acknowledge', title: 'Acknowledge the page', section: 'Incident room', keys: 'a', enabled: !isAcknowledged, run: acknowledge },
    { id: 'room.leave', title: 'Leave the room; the shift is kept', section: 'Incident room', run: () => go(routes.incident(bundle.summary.id)) },
  ])
  return null
}
