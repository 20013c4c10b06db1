export interface Bank {
  /**
   * Resolves when the caller holds the lock of `account`, with the function that gives it back. Waits as long as somebody
   * holds it, the caller included. May reject, and then it is not held.
   */
  lock(account: string): Promise<() => void>
  /** In cents. */
  balance(account: string): Promise<number>
  /** Stores these balances, all or none. */
  store(balances: Readonly<Record<string, number>>): Promise<void>
}

export class InsufficientFunds extends Error {
  override readonly name = 'InsufficientFunds'
}

export interface Share {
  to: string
  cents: number
}
