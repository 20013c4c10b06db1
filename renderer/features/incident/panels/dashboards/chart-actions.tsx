import { IconButton } from '../../../../ui/index.ts'
import { useRoom } from '../../room/room-context.ts'
import { usePin } from '../../room/use-pin.ts'

/** Keeps what a chart shows now as evidence. */
export function PinButton({ title, query }: { title: string; query: string }) {
  const { client, opened } = useRoom()
  const keepPin = usePin()
  const pin = async (): Promise<void> => {
    const atMs = opened.epochMs + (client.latest?.nowUs ?? opened.pageUs) / 1000
    const answer = await client.call('metrics.instant', { query, atMs })
    const text = answer.ok && answer.result.type === 'vector' ? answer.result.samples.map(({ labels, value }) => `${JSON.stringify(labels)} ${String(value)}`).join('\n') : ''
    await keepPin({ kind: 'promql', title, query, text })
  }
  return <IconButton label={`Pin "${title}" as evidence`} icon="pin" onClick={() => void pin()} />
}

/** Opens the query of a chart in the explorer. */
export function ExploreButton({ query }: { query: string }) {
  const { show } = useRoom()
  return <IconButton label="Open in the explorer" icon="search" onClick={() => show('metrics', query)} />
}
