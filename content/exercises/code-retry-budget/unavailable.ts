/** The service could not answer. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  /** False when somebody has retried already, or knows that it is of no use: nobody above should. */
  readonly retryable: boolean

  constructor(message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.retryable = options.retryable ?? true
  }
}
