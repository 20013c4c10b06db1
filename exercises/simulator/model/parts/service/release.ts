/** What a version of the code does differently. Plain data. */
export interface Release {
  readonly version: string
  /** Share of requests that it answers with 500, whatever else. */
  readonly errors: number
  /** Work takes this many times longer. */
  readonly cpuFactor: number
  /** Bytes never given back, for each request, on top of the service's. */
  readonly leak: number
  /** It can handle messages that other versions cannot. */
  readonly handlesPoison: boolean
  /** Extra calls for each call to a part, by its index: an N+1 query. */
  readonly extra: Readonly<Record<number, number>>
  /** Cores and bytes of memory of its pods, where they were changed; those of the topology else. */
  readonly cores?: number
  readonly memory?: number
}

/** The code as the topology has it. */
export function firstRelease(version: string): Release {
  return { version, errors: 0, cpuFactor: 1, leak: 0, handlesPoison: false, extra: {} }
}
