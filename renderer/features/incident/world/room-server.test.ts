import { describe, expect, it } from 'vitest'
import { files } from '../../../../exercises/simulator/incident/testing/small.ts'
import type { RoomReply, RoomRequest, Tick } from './protocol.ts'
import { RoomClient } from './room-client.ts'
import { RoomServer } from './room-server.ts'

interface OpenRoom {
  client: RoomClient
  ticks: Tick[]
  /** Lets real time pass. */
  pass(ms: number): void
  /** Time passes in which nothing runs. */
  sleep(ms: number): void
}

/** A server and a client in one thread, with a clock that the test moves. */
function room(): OpenRoom {
  let nowMs = 0
  let receive: (reply: RoomReply) => void = () => undefined
  const timers = new Map<number, { everyMs: number; work(): void }>()
  const server = new RoomServer({
    post: (reply) => receive(structuredClone(reply)),
    now: () => nowMs,
    every: (everyMs, work) => {
      const id = timers.size + 1
      timers.set(id, { everyMs, work })
      return () => void timers.delete(id)
    },
  })
  const client = new RoomClient({
    post: (request: RoomRequest) => server.handle(structuredClone(request)),
    listen: (received) => {
      receive = received
    },
    end: () => undefined,
  })
  const ticks: Tick[] = []
  client.onTick((tick) => ticks.push(tick))
  return {
    client,
    ticks,
    sleep: (ms) => {
      nowMs += ms
    },
    pass: (ms) => {
      const endMs = nowMs + ms
      while (nowMs < endMs) {
        nowMs = Math.min(endMs, nowMs + 50)
        for (const { work } of timers.values()) work()
      }
    },
  }
}

const start = { id: 'one', seed: 3, level: 'guided' as const }
const open = async (): Promise<OpenRoom & { pageUs: number; limitUs: number }> => {
  const opened = room()
  const { pageUs, limitUs } = await opened.client.open('incidents/small', files, start)
  return { ...opened, pageUs, limitUs }
}

describe('the room', () => {
  it('tells how far the opening is, and opens at the page', async () => {
    const { client } = room()
    const progress: number[] = []
    client.onProgress((done) => progress.push(done))
    const { pageUs } = await client.open('incidents/small', files, start)
    expect(progress.length).toBeGreaterThan(2)
    expect(progress.at(-1)).toBeLessThanOrEqual(1)
    expect(progress).toEqual(progress.toSorted((one, other) => one - other))
    await expect.poll(() => client.latest?.nowUs).toBe(pageUs)
    expect(client.latest?.active.some(({ state }) => state === 'firing')).toBe(true)
  })

  it('opens at once a world that was run up to its page for the same seed', async () => {
    const { client, ticks } = await open()
    const before = ticks.length
    const progress: number[] = []
    client.onProgress((done) => progress.push(done))
    await client.open('incidents/small', files, { ...start, id: 'two', level: 'assisted' })
    expect(progress).toEqual([])
    expect((await client.call('room.facts', null)).hints).toEqual(['rows'])
    expect(ticks.length).toBeGreaterThan(before)
    await client.call('entries.keep', { type: 'acknowledged' })
    await client.open('incidents/small', files, { ...start, id: 'three' })
    expect(progress.length).toBeGreaterThan(2)
    expect(client.latest?.entries).toEqual([])
  })

  it('runs at the speed that is set, and stands still without one', async () => {
    const { client, pass, pageUs } = await open()
    pass(1000)
    expect(client.latest?.nowUs).toBe(pageUs)
    client.setSpeed(10)
    pass(1000)
    expect((client.latest?.nowUs ?? 0) - pageUs).toBe(10_000_000)
    client.setSpeed(0)
    pass(1000)
    expect((client.latest?.nowUs ?? 0) - pageUs).toBe(10_000_000)
  })

  it('does not run ahead after the machine slept', async () => {
    const { client, pass, sleep, pageUs } = await open()
    client.setSpeed(1)
    sleep(3_600_000)
    pass(50)
    expect((client.latest?.nowUs ?? 0) - pageUs).toBe(250_000)
  })

  it('acts, keeps it, and shows it with the next tick', async () => {
    const { client, ticks } = await open()
    const preview = await client.call('actions.preview', { action: 'restart', target: 'other' })
    expect(preview).toMatchObject({ ok: true })
    expect(client.latest?.entries).toEqual([])
    expect(await client.call('actions.act', { action: 'restart', target: 'other' })).toMatchObject({ ok: true })
    await expect.poll(() => ticks.at(-1)?.entries.length).toBe(1)
    expect(await client.call('actions.act', { action: 'drop-index', target: 'db' })).toMatchObject({ ok: false })
  })

  it('answers questions, and never tells the truth of the incident', async () => {
    const { client } = await open()
    const facts = await client.call('room.facts', null)
    expect(facts.causes.map(({ id }) => id).toSorted()).toEqual(['cause', 'false-alarm', 'traffic'])
    expect(JSON.stringify(facts)).not.toContain('the index is gone')
    const changes = await client.call('changes.visible', null)
    expect(changes.some(({ hidden }) => hidden)).toBe(false)
    expect(await client.call('metrics.instant', { query: 'sum(', atMs: 0 })).toMatchObject({ ok: false })
  })

  it('stops for good when the learner hands over, and at the limit', async () => {
    const { client, pass } = await open()
    client.setSpeed(10)
    await client.call('entries.keep', { type: 'ended' })
    pass(200)
    expect(client.latest).toMatchObject({ stopped: 'ended', speed: 0 })
    const other = await open()
    other.client.setSpeed(10)
    other.pass(200_000)
    expect(other.client.latest).toMatchObject({ stopped: 'limit', nowUs: other.limitUs, speed: 0 })
  })

  it('runs what a shift is compared with while the clock runs', async () => {
    const { client, pass } = await open()
    await client.call('entries.keep', { type: 'acknowledged' })
    client.setSpeed(1)
    pass(30_000)
    await client.call('entries.keep', { type: 'ended' })
    const { mine } = await client.call('debrief.make', null)
    const progress: number[] = []
    client.onProgress((done) => progress.push(done))
    const { nobody, expert } = await client.call('debrief.compare', { mine })
    expect(nobody.failed).toBe(mine.failed)
    expect(expert.failed).toBeLessThan(nobody.failed)
    expect(progress).toEqual([])
  })

  it('says what is wrong with the files', async () => {
    const { client } = room()
    await expect(client.open('incidents/small', { ...files, 'incident.yaml': 'id: small' }, start)).rejects.toThrow(/incident.yaml:1/)
    await expect(client.call('room.facts', null)).rejects.toThrow('No shift is open.')
  })

  it('rejects what waits when it is closed', async () => {
    const client = new RoomClient({ post: () => undefined, listen: () => undefined, end: () => undefined })
    const waiting = client.call('room.facts', null)
    client.close()
    await expect(waiting).rejects.toThrow('The room is closed.')
    await expect(client.call('room.facts', null)).rejects.toThrow('The room is closed.')
  })
})
