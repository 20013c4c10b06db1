export interface Request {
  /** Who sent it, as the authentication has established. */
  principal: string
  /** As the client sent them. */
  headers: Readonly<Record<string, string>>
}

/** This tenant has as many requests waiting as it may have. */
export class TooMany extends Error {
  override readonly name = 'TooMany'
}
