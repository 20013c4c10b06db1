import type { World } from '../../model/index.ts'
import { Cache } from '../../model/parts/cache/cache.ts'
import { askFor } from '../ask-action.ts'
import type { Command, CommandResult } from '../command.ts'
import { failed, printed } from '../command.ts'
import { ratePerSecond, reading } from '../readings.ts'

const caches = (world: World): readonly Cache[] => world.parts.filter((part) => part instanceof Cache)

/** Asks a cache. */
export const redisCli: Command = {
  name: 'redis-cli',
  summary: 'ask a cache: INFO, DBSIZE, TTL, EXISTS; throw its keys away',
  synopsis: ['redis-cli [-h HOST] --stat', 'redis-cli [-h HOST] PING|INFO [SECTION]|DBSIZE', 'redis-cli [-h HOST] TTL KEY | EXISTS KEY', 'redis-cli [-h HOST] CONFIG GET NAME | FLUSHALL'],
  description: ['Counters of INFO are those that the cache has counted up to the newest scrape. Keys are called key:0, key:1 and so on: the simulation knows that keys are there, and not what is in them, so GET is refused.', 'FLUSHALL is an action. Everything is then fetched anew, at once.'],
  answers: ['cmd.redis-ping', 'cmd.redis-info-stats', 'cmd.redis-hit-rate', 'cmd.redis-cli-exec', 'cmd.redis-stat'],
  run({ world, args, nowUs, pod }) {
    const words = args.slice()
    let host: string | null = null
    while (words[0]?.startsWith('-') === true && words[0] !== '--hotkeys' && words[0] !== '--stat') {
      const [flag = '', value = ''] = words.splice(0, 2)
      if (flag === '-h') host = value
      else if (flag !== '-p' && flag !== '-n') return failed(`Unrecognized option or bad number of args for: '${flag}'`)
    }
    const wanted = host ?? pod?.replace(/-\d+$/, '')
    const cache = caches(world).find(({ name }) => name === wanted) ?? (host === null ? caches(world)[0] : undefined)
    if (cache === undefined) return failed(`Could not connect to Redis at ${host ?? '127.0.0.1'}:6379: ${host === null ? 'Connection refused' : 'Name or service not known'}`)
    if (cache.settings.down) return failed(`Could not connect to Redis at ${cache.name}:6379: Connection refused`)
    return execute(world, cache, words, nowUs)
  },
  candidates: (world, words) => (words.at(-1) === '-h' ? caches(world).map(({ name }) => name) : ['-h', 'PING', 'INFO', 'DBSIZE', 'TTL', 'EXISTS', 'CONFIG', 'FLUSHALL']),
}

function execute(world: World, cache: Cache, [word = '', ...rest]: readonly string[], nowUs: number): CommandResult {
  const verb = word.toUpperCase()
  if (word === '--stat') return stat(world, cache, nowUs)
  const size = reading(world, 'cache_entries', { job: cache.name }, nowUs) ?? 0
  if (verb === 'PING') return printed('PONG\n')
  if (verb === 'DBSIZE') return printed(`(integer) ${size}\n`)
  if (verb === 'INFO') return info(world, cache, rest[0]?.toLowerCase() ?? null, size, nowUs)
  if (verb === 'FLUSHALL' || verb === 'FLUSHDB') return askFor(world, { action: 'flush', target: cache.name }, 'OK\n')
  if (verb === 'TTL' || verb === 'PTTL' || verb === 'EXISTS') {
    const key = Number(/^(?:key:)?(\d+)$/.exec(rest[0] ?? '')?.[1] ?? Number.NaN)
    const leftUs = expiryUs(cache, key) - nowUs
    if (verb === 'EXISTS') return printed(`(integer) ${leftUs > 0 ? 1 : 0}\n`)
    return printed(`(integer) ${leftUs <= 0 ? -2 : Math.round(leftUs / (verb === 'TTL' ? 1e6 : 1e3))}\n`)
  }
  if (verb === 'CONFIG' && rest[0]?.toUpperCase() === 'GET') {
    const settings: Readonly<Record<string, string>> = { maxmemory: String(cache.settings.size), 'maxmemory-policy': 'allkeys-lru' }
    const value = settings[rest[1] ?? '']
    return printed(value === undefined ? '(empty array)\n' : `1) "${rest[1] ?? ''}"\n2) "${value}"\n`)
  }
  return failed(verb === '' ? 'redis-cli waits for no input here: give a command, such as INFO.' : `(error) ERR "${word}" is not part of this simulation. PING, INFO, DBSIZE, TTL, EXISTS, CONFIG GET and FLUSHALL are.`)
}

/** When a key expires, in simulation microseconds; -1 when it is not there. Reads a copy: a look at the cache itself would count as a use of the key. */
function expiryUs(cache: Cache, key: number): number {
  const { keys, expiresUs, older, numbers } = cache.save().entries
  for (let slot = numbers[0] ?? -1; slot >= 0; slot = older[slot] ?? -1) if (keys[slot] === key) return expiresUs[slot] ?? -1
  return -1
}

/** One line of redis-cli --stat. */
function stat(world: World, cache: Cache, nowUs: number): CommandResult {
  const requests = reading(world, 'cache_requests_total', { job: cache.name }, nowUs) ?? 0
  const keys = reading(world, 'cache_entries', { job: cache.name }, nowUs) ?? 0
  return printed(`------- data ------ ------- load -------\nkeys       requests            per second\n${String(keys).padEnd(11)}${String(requests).padEnd(20)}${ratePerSecond(world, 'cache_requests_total', { job: cache.name }, nowUs, 30_000_000).toFixed(1)}\n`)
}

function info(world: World, cache: Cache, section: string | null, size: number, nowUs: number): CommandResult {
  const count = (name: string, labels: Readonly<Record<string, string>> = {}): number => reading(world, name, { job: cache.name, ...labels }, nowUs) ?? 0
  const operations = ratePerSecond(world, 'cache_requests_total', { job: cache.name }, nowUs, 30_000_000)
  const sections: Readonly<Record<string, readonly string[]>> = {
    server: ['# Server', 'redis_version:8.2.3', 'redis_mode:standalone', `uptime_in_seconds:${Math.floor(nowUs / 1e6)}`],
    stats: ['# Stats', `total_commands_processed:${count('cache_requests_total')}`, `instantaneous_ops_per_sec:${Math.round(operations)}`, `expired_keys:${count('cache_expired_keys_total')}`, `evicted_keys:${count('cache_evicted_keys_total')}`, `keyspace_hits:${count('cache_requests_total', { result: 'hit' })}`, `keyspace_misses:${count('cache_requests_total', { result: 'miss' })}`],
    keyspace: ['# Keyspace', ...(size === 0 ? [] : [`db0:keys=${size},expires=${size},avg_ttl=${cache.settings.ttlUs / 1000}`])],
  }
  const chosen = section === null || section === 'all' || section === 'default' ? Object.values(sections) : [sections[section] ?? []]
  return printed(chosen.map((lines) => lines.map((line) => `${line}\n`).join('')).join('\n'))
}
