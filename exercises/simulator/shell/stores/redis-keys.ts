/** What redis-cli tells of single keys and of the work of a cache. */
import type { World } from '../../model/index.ts'
import { none } from '../../model/calls.ts'
import { Cache } from '../../model/parts/cache/cache.ts'
import { Records } from '../../model/parts/records.ts'
import { clusterIp, podIp } from '../cluster.ts'
import type { CommandResult } from '../command.ts'
import { failed, printed, printedLines } from '../command.ts'
import { ratePerSecond, reading, readings } from '../readings.ts'
import { wallUs } from '../times.ts'

const windowUs = 60_000_000

/** The number of `key:17`; NaN for a name that is none. */
export function keyNumber(word: string): number {
  return Number(/^(?:\w+:)?(\d+)$/.exec(word)?.[1] ?? Number.NaN)
}

interface Entry {
  readonly key: number
  readonly expiresUs: number
}

/** What is kept, the most lately used first. Reads a copy: a look at the cache itself would count as a use. */
export function entriesOf(cache: Cache, nowUs: number): readonly Entry[] {
  const { keys, expiresUs, older, numbers } = cache.save().entries
  const found: Entry[] = []
  for (let slot = numbers[0] ?? none; slot >= 0; slot = older[slot] ?? none) if ((expiresUs[slot] ?? 0) > nowUs) found.push({ key: keys[slot] ?? 0, expiresUs: expiresUs[slot] ?? 0 })
  return found
}

/** The version of the record that a key holds, where the topology follows versions; values are not part of the simulation. */
export function getKey(world: World, cache: Cache, key: number, nowUs: number): CommandResult {
  if (!entriesOf(cache, nowUs).some((entry) => entry.key === key)) return printed('(nil)\n')
  const records = world.parts.find((part) => part instanceof Records)
  if (records === undefined) return failed(`(error) ERR key:${key} is there; what is in it is not part of this simulation.`)
  return printed(`"{\\"id\\":${key},\\"version\\":${cache.save().versions.get(key) ?? 0}}"\n`)
}

/** Keys in the order of their use, as --hotkeys and SCAN list them. */
export function listed(cache: Cache, nowUs: number, most: number): CommandResult {
  const found = entriesOf(cache, nowUs)
  return printedLines([...found.slice(0, most).map(({ key }, index) => `${index + 1}) "key:${key}"`), ...(found.length > most ? [`# ${found.length - most} more`] : [])])
}

/** Requests that are under way or wait for the thread of their shard, by key. */
export function inFlight(world: World, cache: Cache): ReadonlyMap<number, number> {
  const { calls } = world
  const found = new Map<number, number>()
  for (let call = 0; call < calls.callee.length; call += 1) {
    if (calls.callee[call] === cache.index && (calls.token[call] ?? 0) > 0) found.set(calls.key[call] ?? 0, (found.get(calls.key[call] ?? 0) ?? 0) + 1)
  }
  return found
}

/** `--hotkeys`: where requests wait, and how busy the shards are. */
export function hotKeys(world: World, cache: Cache, nowUs: number): CommandResult {
  const waiting = [...inFlight(world, cache)].toSorted(([, one], [, other]) => other - one).slice(0, 10)
  const shards = readings(world, 'cache_shard_cpu_seconds_total', { job: cache.name }, nowUs).map(({ labels }) => labels['shard'] ?? '0')
  return printedLines([
    '# Scanning the entire keyspace to find hot keys as well as', '# average sizes per key type.', '',
    ...(waiting.length === 0 ? ['No request is under way at this moment.'] : waiting.map(([key, count]) => `hot key found with counter: ${count}\tkeyname: "key:${key}"${cache.shards > 1 ? `\tshard: ${key % cache.shards}` : ''}`)),
    ...(shards.length === 0 ? [] : ['', '-------- shards: share of their thread in use, last minute --------', ...shards.toSorted().map((shard) => `shard ${shard}: ${(ratePerSecond(world, 'cache_shard_cpu_seconds_total', { job: cache.name, shard }, nowUs, windowUs) * 100).toFixed(0)}%`)]),
  ])
}

/** `SLOWLOG GET` and `MONITOR`: commands of the traces that were kept. @param leastUs shortest that is shown */
export function commandsSeen(world: World, cache: Cache, fromUs: number, nowUs: number, leastUs: number): readonly { readonly atUs: number; readonly us: number; readonly name: string; readonly service: string }[] {
  const found: { atUs: number; us: number; name: string; service: string }[] = []
  for (const { spans } of world.telemetry.traces.traces(wallUs(world, fromUs), wallUs(world, nowUs))) {
    for (const { attributes, durationUs, startUs, name, service, kind } of spans) if (kind === 'client' && attributes['server.address'] === cache.name && durationUs >= leastUs) found.push({ atUs: startUs, us: durationUs, name, service })
  }
  return found
}

export function slowLog(world: World, cache: Cache, nowUs: number, most: number): CommandResult {
  const slow = commandsSeen(world, cache, Math.max(0, nowUs - 10 * windowUs), nowUs, 10_000).slice(-most).toReversed()
  if (slow.length === 0) return printed('(empty array)\n')
  return printedLines(slow.flatMap(({ atUs, us, name, service }, index) => [`${index + 1}) 1) (integer) ${slow.length - index}`, `   2) (integer) ${Math.floor(atUs / 1e6)}`, `   3) (integer) ${us}`, `   4) 1) "${name}"`, `   5) "${service}"`]))
}

export function monitor(world: World, cache: Cache, followed: string | null, nowUs: number): CommandResult {
  const fromUs = followed === null ? Math.max(0, nowUs - 2_000_000) : Number(followed) + 1
  const seen = commandsSeen(world, cache, fromUs, nowUs, 0).toSorted((one, other) => one.atUs - other.atUs)
  const address = (service: string): string => podIp(world.part(service)?.index ?? 0, 0)
  return { ...printedLines([...(followed === null ? ['OK'] : []), ...seen.map(({ atUs, name, service }) => `${(atUs / 1e6).toFixed(6)} [0 ${address(service)}:41822] "${name}"`)]), follow: String(nowUs) }
}

/** `CLIENT LIST`: who has requests under way, and pools of callers. */
export function clientList(world: World, cache: Cache, nowUs: number): CommandResult {
  const pools = readings(world, 'db_pool_connections', { pool: cache.name }, nowUs)
  const rows = pools.length > 0 ? pools.map(({ labels, value }) => `addr=${labels['pod'] ?? ''} name=${labels['service'] ?? ''} state=${labels['state'] ?? ''} connections=${value}`) : [...new Set(commandsSeen(world, cache, nowUs - windowUs, nowUs, 0).map(({ service }) => service))].map((service) => `addr=${clusterIp(world.part(service)?.index ?? 0)} name=${service}`)
  return printedLines([...rows, `requests under way: ${[...inFlight(world, cache).values()].reduce((sum, count) => sum + count, 0)}`])
}

export function memoryStats(world: World, cache: Cache, nowUs: number): CommandResult {
  const keys = reading(world, 'cache_entries', { job: cache.name }, nowUs) ?? 0
  return printedLines([` 1) "keys.count"`, ` 2) (integer) ${keys}`, ` 3) "keys.most"`, ` 4) (integer) ${cache.settings.size}`, '# Bytes are not part of the simulation: a cache holds so many keys and evicts the one that was not used for longest.'])
}
