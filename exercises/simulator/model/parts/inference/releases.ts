/** What a version of a model does differently. Plain data. */
export interface ModelRelease {
  readonly version: string
  /** GPU and CPU work take this many times longer. */
  readonly gpuFactor: number
  readonly cpuFactor: number
  /** Share of requests that fail. */
  readonly errors: number
  /** Memory for one item of a batch is this many times what the topology says. */
  readonly memoryFactor: number
}

/** What a version of the prompt does differently. Plain data. */
export interface PromptRelease {
  readonly version: string
  /** Tokens of requests and answers are this many times what the topology says. */
  readonly promptFactor: number
  readonly outputFactor: number
  /** Share of answers that are no use to the program that asked, so that the request fails. */
  readonly errors: number
  /** Share of answers that a check of their content flags; nothing fails. */
  readonly flagged: number
}
