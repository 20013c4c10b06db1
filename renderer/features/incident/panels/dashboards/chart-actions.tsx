import type { Pin } from '../../../../../exercises/simulator/incident/shift/record.ts'
import { IconButton } from '../../../../ui/index.ts'
import { PinMark } from '../../room/pin-button.tsx'
import { useRoom } from '../../room/room-context.ts'
import { usePin } from '../../room/use-pin.ts'

/** Keeps what a chart shows now as evidence. */
export function PinButton({ title, query }: { title: string; query: string }) {
  const { client, opened } = useRoom()
  const pin = usePin({ kind: 'promql', query })
  const seen = async (): Promise<Omit<Pin, 'id'>> => {
    const atMs = opened.epochMs + (client.latest?.nowUs ?? opened.pageUs) / 1000
    const answer = await client.call('metrics.instant', { query, atMs })
    const text = answer.ok && answer.result.type === 'vector' ? answer.result.samples.map(({ labels, value }) => `${JSON.stringify(labels)} ${String(value)}`).join('\n') : ''
    return { kind: 'promql', title, query, text }
  }
  return <PinMark title={title} pin={pin} onPress={seen} />
}

/** Opens the query of a chart in the explorer. */
export function ExploreButton({ query }: { query: string }) {
  const { show } = useRoom()
  return <IconButton label="Open in the explorer" icon="search" onClick={() => show('metrics', query)} />
}
