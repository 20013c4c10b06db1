import { InsufficientFunds } from './bank.ts'
import type { Bank, Share } from './bank.ts'

/**
 * No order: whoever does not get all locks soon gives back what it has, waits for a random time and begins again. A lock
 * that is granted too late is given back when it comes.
 */
export class Transfers {
  constructor(private readonly bank: Bank) {}

  transfer(from: string, to: string, cents: number): Promise<void> {
    return this.payOut(from, [{ to, cents }])
  }

  async payOut(from: string, shares: readonly Share[]): Promise<void> {
    const accounts = [...new Set([from, ...shares.map((share) => share.to)])]
    const held = await this.lockAll(accounts)
    try {
      const before = await Promise.all(accounts.map((account) => this.bank.balance(account)))
      const after: Record<string, number> = Object.fromEntries(accounts.map((account, index) => [account, before[index] ?? 0]))
      const pay = shares.map((share) => share.cents).reduce((a, b) => a + b, 0)
      if ((after[from] ?? 0) < pay) throw new InsufficientFunds(from)
      for (const { to, cents } of shares) {
        after[from] = (after[from] ?? 0) - cents
        after[to] = (after[to] ?? 0) + cents
      }
      await this.bank.store(after)
    } finally {
      held.forEach((free) => free())
    }
  }

  private async lockAll(accounts: readonly string[]): Promise<(() => void)[]> {
    for (;;) {
      const held: (() => void)[] = []
      let complete = true
      try {
        for (const account of accounts) {
          const free = await this.soon(account)
          if (free === null) {
            complete = false
            break
          }
          held.push(free)
        }
      } catch (error) {
        held.forEach((free) => free())
        throw error
      }
      if (complete) return held
      held.forEach((free) => free())
      await new Promise<void>((resolve) => setTimeout(resolve, 20 + 200 * Math.random()))
    }
  }

  private soon(account: string): Promise<(() => void) | null> {
    return new Promise((resolve, reject) => {
      let late = false
      const timer = setTimeout(() => {
        late = true
        resolve(null)
      }, 50)
      this.bank.lock(account).then(
        (free) => {
          clearTimeout(timer)
          if (late) free()
          else resolve(free)
        },
        (error: unknown) => {
          clearTimeout(timer)
          reject(error as Error)
        },
      )
    })
  }
}
