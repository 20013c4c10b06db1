/** How a call ended, as its caller sees it. Numbers, because calls live in typed arrays. */

/** What is known of an outcome. */
export interface Outcome {
  readonly code: number
  /** Stable word, used as a label value (`outcome`, `error.type`) and in topologies. */
  readonly name: string
  /** HTTP status that a server answers when its own work ends so; 0 where there is no answer at all. */
  readonly status: number
  /** What a service answers to its own caller when a call that it depends on ended so. */
  readonly surfacesAs: OutcomeName
  /** As a log line tells it; `{target}` is the part that was called. */
  readonly cause: string
}

const table = {
  ok: { status: 200, surfacesAs: 'ok', cause: 'ok' },
  error: { status: 500, surfacesAs: 'error', cause: '500 Internal Server Error from {target}' },
  'bad-upstream': { status: 502, surfacesAs: 'bad-upstream', cause: '502 Bad Gateway from {target}' },
  unavailable: { status: 503, surfacesAs: 'unavailable', cause: '503 Service Unavailable from {target}' },
  'upstream-timeout': { status: 504, surfacesAs: 'upstream-timeout', cause: '504 Gateway Timeout from {target}' },
  limited: { status: 429, surfacesAs: 'unavailable', cause: '429 Too Many Requests from {target}' },
  'not-found': { status: 404, surfacesAs: 'error', cause: '404 Not Found from {target}' },
  conflict: { status: 409, surfacesAs: 'error', cause: '409 Conflict from {target}' },
  unauthorized: { status: 401, surfacesAs: 'error', cause: '401 Unauthorized from {target}' },
  /** The caller stopped waiting. */
  timeout: { status: 0, surfacesAs: 'upstream-timeout', cause: 'timeout waiting for {target}' },
  refused: { status: 0, surfacesAs: 'bad-upstream', cause: 'connection refused by {target}' },
  unreachable: { status: 0, surfacesAs: 'bad-upstream', cause: 'no route to host of {target}' },
  reset: { status: 0, surfacesAs: 'bad-upstream', cause: 'connection reset by {target}' },
  'breaker-open': { status: 0, surfacesAs: 'unavailable', cause: 'circuit breaker for {target} is open' },
  'bulkhead-full': { status: 0, surfacesAs: 'unavailable', cause: 'bulkhead for {target} is full' },
  'pool-timeout': { status: 0, surfacesAs: 'error', cause: 'timeout acquiring a connection from the pool for {target}' },
  'too-many-connections': { status: 0, surfacesAs: 'error', cause: 'too many connections to {target}' },
  'lock-timeout': { status: 0, surfacesAs: 'error', cause: 'lock wait timeout on {target}' },
  deadlock: { status: 0, surfacesAs: 'error', cause: 'deadlock detected by {target}' },
  'read-only': { status: 0, surfacesAs: 'error', cause: 'cannot write to {target}: it is read-only' },
  'disk-full': { status: 0, surfacesAs: 'error', cause: 'no space left on device of {target}' },
  cancelled: { status: 0, surfacesAs: 'error', cause: 'call to {target} was cancelled' },
  'name-not-resolved': { status: 0, surfacesAs: 'bad-upstream', cause: 'cannot resolve {target}' },
  'no-free-port': { status: 0, surfacesAs: 'error', cause: 'connect to {target}: cannot assign requested address' },
  'certificate-expired': { status: 0, surfacesAs: 'bad-upstream', cause: 'tls: failed to verify certificate of {target}: x509: certificate has expired or is not yet valid' },
  'certificate-untrusted': { status: 0, surfacesAs: 'bad-upstream', cause: 'tls: failed to verify certificate of {target}: x509: certificate signed by unknown authority' },
  'certificate-mismatch': { status: 0, surfacesAs: 'bad-upstream', cause: 'tls: failed to verify certificate of {target}: x509: certificate is valid for another name' },
  'no-leader': { status: 0, surfacesAs: 'unavailable', cause: '{target} has no leader' },
  'lease-lost': { status: 0, surfacesAs: 'conflict', cause: 'the lease of {target} was lost' },
} as const satisfies Record<string, { status: number; surfacesAs: string; cause: string }>

/** The word of an outcome. */
export type OutcomeName = keyof typeof table

const names = Object.keys(table) as OutcomeName[]

/** All outcomes, by code. Code 0 is `ok`. */
export const outcomes: readonly Outcome[] = names.map((name, code) => ({ code, name, ...table[name] }))

/** Code of an outcome by its word. */
export const outcomeCode: Readonly<Record<OutcomeName, number>> = Object.fromEntries(names.map((name, code) => [name, code])) as Record<OutcomeName, number>

/** All words, for schemas. */
export const outcomeNames: readonly OutcomeName[] = names

const surface = Uint8Array.from(outcomes, ({ surfacesAs }) => outcomeCode[surfacesAs])
const statuses = Uint16Array.from(outcomes, ({ code, status }) => status || (outcomes[surface[code] ?? 0]?.status ?? 500))

/** What a server that depended on a call with this outcome answers. */
export function surfaced(code: number): number {
  return surface[code] as number
}

/** HTTP status under which a server counts a request that ended so. */
export function statusOf(code: number): number {
  return statuses[code] as number
}
