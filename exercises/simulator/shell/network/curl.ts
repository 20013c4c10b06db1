import type { World } from '../../model/index.ts'
import { breakerWords } from '../../model/policy/breaker.ts'
import { Certificate } from '../../model/parts/certificates/certificate.ts'
import { Name } from '../../model/parts/names/name.ts'
import { Service } from '../../model/parts/service/service.ts'
import { External } from '../../model/parts/external.ts'
import { Cache } from '../../model/parts/cache/cache.ts'
import { Database } from '../../model/parts/database/database.ts'
import { formatSampleValue } from '../../promql/index.ts'
import { deployments, pods } from '../cluster.ts'
import type { Pod } from '../cluster.ts'
import type { Command, CommandResult, Invocation } from '../command.ts'
import { failed, printed } from '../command.ts'
import { flagSet, flagValue, parseFlags } from '../flags.ts'
import type { ParsedFlags } from '../flags.ts'
import { reading } from '../readings.ts'
import { measure, meterNames } from './actuator.ts'
import { debugMetrics, sagaPath } from './service-paths.ts'
import { phasesOf, tlsLines, usualFormat } from './timing.ts'
import type { Phases } from './timing.ts'

const flags = {
  silent: { short: 's', value: false }, 'show-error': { short: 'S', value: false }, fail: { short: 'f', value: false }, include: { short: 'i', value: false }, insecure: { short: 'k', value: false }, verbose: { short: 'v', value: false }, location: { short: 'L', value: false }, head: { short: 'I', value: false },
  output: { short: 'o', value: true }, 'write-out': { short: 'w', value: true }, request: { short: 'X', value: true }, header: { short: 'H', value: true }, data: { short: 'd', value: true }, 'max-time': { short: 'm', value: true }, 'connect-timeout': { value: true },
} as const

interface Target {
  readonly method: string
  readonly path: string
  readonly query: string
}

interface HttpAnswer {
  readonly status: number
  readonly type: string
  readonly body: string
  /** What it asks the host to do. */
  readonly asks?: CommandResult
}

/** Asks a pod for its health and its metrics. */
export const curl: Command = {
  name: 'curl',
  summary: 'ask a service: /health, /metrics, /actuator/health, /actuator/metrics/NAME',
  synopsis: ['curl [-s] [-f] [-i] [-o FILE] [-w FORMAT] URL', 'curl http://SERVICE:8080/health', 'kubectl exec deployment/SERVICE -- curl -s localhost:8080/metrics'],
  description: [
    'Knows /health, /healthz and /ready; /metrics, which is what the pod exposes at its newest scrape; /actuator/health with circuit breakers, and /actuator/metrics/NAME with the meters of the pod, by the names of Micrometer where it has one, and with ?tag=status:503 for one of their tags.',
    '/debug/metrics tells memory, cores, pools, caches and requests of a pod in one answer. Where the topology has sagas, /api/v1/sagas/ID/status tells where one is and /api/v1/sagas/ID/steps when it reached each step, and POST to /api/v1/sagas/ID/compensate or /retry goes on with one that is stuck, as an action.',
    '-w prints the phases of a request: the lookup as it takes on average now, the way as ping measures it, and the answer as long as the newest request to this endpoint took of which a trace was kept. -w @FILE prints the usual list of them. -v shows the certificate of a host.',
    'Other paths are endpoints of users. They are told how the pod has answered lately, and not called: a request of your own would change the incident. An https address is checked against the certificate that the service shows now.',
  ],
  answers: ['cmd.curl-metrics', 'cmd.curl-health', 'cmd.actuator-health', 'cmd.actuator-health-breakers', 'cmd.curl-external-health', 'cmd.curl-timing', 'cmd.debug-metrics', 'cmd.saga-status-exec', 'cmd.saga-status-url', 'cmd.saga-compensate', 'cmd.saga-retry-step'],
  run,
  candidates: (world) => deployments(world).flatMap(({ name }) => ['/health', '/metrics', '/debug/metrics', '/actuator/health'].map((path) => `http://${name}:8080${path}`)),
}

function run(invocation: Invocation): CommandResult {
  const { world, args, nowUs, pod } = invocation
  const parsed = parseFlags(args, flags)
  if ('error' in parsed) return failed(`curl: option ${parsed.error.replace(/^.*: /, '')}: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information`, 2)
  const [address] = parsed.words
  if (address === undefined) return failed("curl: (2) no URL specified\ncurl: try 'curl --help' or 'curl --manual' for more information", 2)
  const match = /^(?:(https?):\/\/)?([\w.-]+)(?::(\d+))?(\/[^?]*)?(?:\?(.*))?$/.exec(address)
  if (match === null) return failed(`curl: (3) URL rejected: Malformed input to a URL function: ${address}`, 3)
  const [, scheme = 'http', host = '', port = scheme === 'https' ? '443' : '80', path = '/', query = ''] = match
  const isQuiet = flagSet(parsed, 'silent') && !flagSet(parsed, 'show-error')
  const complain = (code: number, text: string): CommandResult => failed(isQuiet ? '\n' : `curl: (${code}) ${text}`, code)
  const answer = answerOf(world, host, port, { method: flagValue(parsed, 'request') ?? (flagValue(parsed, 'data') === null ? 'GET' : 'POST'), path, query }, pod, nowUs)
  if (typeof answer === 'string') return answer === 'unknown' ? complain(6, `Could not resolve host: ${host}`) : answer === 'hangs' ? complain(28, 'Connection timed out after 10000 milliseconds') : complain(7, `Failed to connect to ${host} port ${port} after 1 ms: Could not connect to server`)
  if (scheme === 'https' && !flagSet(parsed, 'insecure')) {
    const problem = certificateProblem(world, host, nowUs)
    if (problem !== null) return complain(60, `SSL certificate problem: ${problem}\nMore details here: https://curl.se/docs/sslcerts.html`)
  }
  if (flagSet(parsed, 'fail') && answer.status >= 400) return complain(22, `The requested URL returned error: ${answer.status}`)
  const owner = host === 'localhost' || host === '127.0.0.1' ? (pods(world, nowUs).find(({ name }) => name === pod)?.owner ?? '') : (partOf(world, host)?.name ?? host)
  const phases = phasesOf(invocation, host, owner, path, scheme === 'https')
  const told = flagSet(parsed, 'verbose') ? [`* Host ${host}:${port} was resolved.`, `* Connected to ${host} port ${port}`, ...(scheme === 'https' ? tlsLines(world, host) : []), `> ${flagValue(parsed, 'request') ?? 'GET'} ${path} HTTP/1.1`, `> Host: ${host}`, '>', `< HTTP/1.1 ${answer.status}`, `< Content-Type: ${answer.type}`, '<'] : []
  const stderr = told.map((line) => `${line}\n`).join('')
  return { ...(answer.asks ?? printed('')), stdout: shown(parsed, answer, phases), stderr }
}

function shown(parsed: ParsedFlags, { status, type, body }: HttpAnswer, phases: Phases): string {
  const head = `HTTP/1.1 ${status} ${status === 200 ? 'OK' : status === 404 ? 'Not Found' : 'Service Unavailable'}\nContent-Type: ${type}\nContent-Length: ${body.length}\n\n`
  const text = flagValue(parsed, 'output') !== null ? '' : flagSet(parsed, 'head') ? head : flagSet(parsed, 'include') ? head + body : body
  const written = flagValue(parsed, 'write-out') ?? ''
  // Files of the shell are not read here: a file of a format is taken to be the usual one.
  const format = Object.entries(phases).reduce((line, [name, seconds]) => line.replaceAll(`%{${name}}`, Number(seconds).toFixed(6)), written.startsWith('@') ? usualFormat : written)
  return text + format.replaceAll('\\n', '\n').replaceAll('%{http_code}', String(status)).replaceAll('%{response_code}', String(status)).replaceAll('%{size_download}', String(body.length))
}

/** The part behind a name, by DNS where the topology has it. */
function partOf(world: World, host: string): World['parts'][number] | undefined {
  const part = world.part(host.replace(/\.default(?:\.svc(?:\.cluster\.local)?)?$/, ''))
  return part instanceof Name ? world.part(part.records()[0]?.target ?? '') : part
}

function answerOf(world: World, host: string, port: string, target: Target, inside: string | null, nowUs: number): HttpAnswer | 'unknown' | 'refused' | 'hangs' {
  const all = pods(world, nowUs)
  const isLocal = host === 'localhost' || host === '127.0.0.1'
  const part = isLocal ? world.part(all.find(({ name }) => name === inside)?.owner ?? '') : partOf(world, host)
  const byAddress = all.find(({ ip, name }) => ip === host || name === host)
  if (part instanceof External) return part.mode === 'up' ? { status: part.errors >= 1 ? 503 : 200, type: 'application/json', body: `{"status":"${part.errors >= 1 ? 'DOWN' : 'UP'}"}\n` } : part.mode === 'hangs' ? 'hangs' : 'refused'
  const owner = part ?? world.part(byAddress?.owner ?? '')
  if (owner === undefined) return isLocal ? 'refused' : 'unknown'
  const isStore = owner instanceof Database || owner instanceof Cache
  if (!(owner instanceof Service) || (port !== '8080' && port !== '80' && port !== '443')) return isStore && target.path === '/metrics' && port === '9187' ? { status: 200, type: 'text/plain', body: exposition(world, `${owner.name}-0`, nowUs) } : 'refused'
  const own = all.filter((candidate) => candidate.owner === owner.name)
  const asked = isLocal ? own.find(({ name }) => name === inside) : (byAddress ?? own.find(({ isReady }) => isReady))
  if (asked === undefined || ['CrashLoopBackOff', 'Error', 'OOMKilled', 'ContainerCreating'].includes(asked.status)) return 'refused'
  return podAnswer(world, owner, asked, target, nowUs)
}

function podAnswer(world: World, service: Service, pod: Pod, { method, path, query }: Target, nowUs: number): HttpAnswer {
  const json = (status: number, value: unknown): HttpAnswer => ({ status, type: 'application/json', body: `${JSON.stringify(value)}\n` })
  const isUp = pod.isReady && (pod.replica?.probeFailures ?? 0) === 0
  if (path === '/health' || path === '/healthz' || path === '/ready' || path === '/api/health') return json(isUp ? 200 : 503, { status: isUp ? 'UP' : 'DOWN' })
  if (path === '/metrics' || path === '/actuator/prometheus') return { status: 200, type: 'text/plain; version=0.0.4', body: exposition(world, pod.name, nowUs) }
  if (path === '/actuator/health') {
    const details = Object.fromEntries(breakers(world, service, pod).map(({ peer, state }) => [peer, { status: state === 'CLOSED' ? 'UP' : 'CIRCUIT_OPEN', state }]))
    return json(isUp ? 200 : 503, { status: isUp ? 'UP' : 'DOWN', components: { circuitBreakers: { status: 'UP', details }, ping: { status: 'UP' } } })
  }
  if (path === '/debug/metrics') return json(200, debugMetrics(world, service, pod, nowUs))
  const saga = sagaPath(world, method, path, query, nowUs)
  if (saga !== null) return { ...json(saga.status, saga.value), ...(saga.asks === undefined ? {} : { asks: saga.asks }) }
  const meter = /^\/actuator\/metrics\/?(.*)$/.exec(path)
  if (meter !== null) {
    const [, name = ''] = meter
    if (name === '') return json(200, { names: meterNames(world, service, pod.name, nowUs) })
    const measurements = measure(world, service, pod.name, name, query, nowUs)
    return measurements === null ? json(404, { status: 404, error: 'Not Found', path }) : json(200, { name, measurements })
  }
  const endpoint = service.endpoints.find(({ route }) => route === path)
  if (endpoint === undefined) return json(404, { status: 404, error: 'Not Found', path })
  const count = (code: string | null): number => reading(world, 'http_requests_total', { pod: pod.name, route: path, ...(code === null ? {} : { code }) }, nowUs) ?? 0
  return json(200, { note: 'This endpoint belongs to users and was not called.', route: path, answered: count(null), ok: count('200') })
}

function breakers(world: World, service: Service, pod: Pod): readonly { readonly peer: string; readonly state: string }[] {
  const index = service.replicas.findIndex((replica) => replica === pod.replica)
  return service.gatesOf(index).flatMap(({ breaker }, group) => (breaker === null ? [] : [{ peer: world.parts[service.groups[group]?.target ?? -1]?.name ?? '', state: (breakerWords[breaker.state] ?? '').toUpperCase().replace('-', '_') }]))
}

/** The newest scrape of a pod in the text format that Prometheus reads. */
function exposition(world: World, pod: string, nowUs: number): string {
  const { metrics, epochMs } = world.telemetry
  const lines: string[] = []
  for (const { name, kind, help } of metrics.families()) {
    const found = [...metrics.exposed(name)].flatMap(({ labels, series }) => (labels['pod'] !== pod ? [] : series.flatMap((one) => {
      const last = one.length - 1
      if (last < 0 || one.stale?.[last] === 1 || one.timeMsAt(last) > epochMs + nowUs / 1000) return []
      const pairs = Object.entries(one.labels).filter(([label]) => !['__name__', 'job', 'pod', 'service', 'zone'].includes(label)).map(([label, value]) => `${label}="${value}"`)
      return [`${one.labels['__name__'] ?? name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${formatSampleValue(one.values[last] ?? 0)}`]
    })))
    if (found.length > 0 && kind !== 'series') lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...found)
  }
  return lines.map((line) => `${line}\n`).join('')
}

/** What a client says of the certificate that a host shows now; null when it is good, or has none here. */
function certificateProblem(world: World, host: string, nowUs: number): string | null {
  const certificate = world.parts.find((part) => part instanceof Certificate && part.spec.of.includes(host))
  const part = world.part(host)
  if (!(certificate instanceof Certificate) || part === undefined) return null
  const shownNow = certificate.servedBy(part.index, 0)
  if (nowUs >= shownNow.untilUs) return 'certificate has expired'
  if (!shownNow.isTrusted) return 'unable to get local issuer certificate'
  return shownNow.hasName ? null : `no alternative certificate subject name matches target host name '${host}'`
}
