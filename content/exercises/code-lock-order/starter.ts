import { InsufficientFunds } from './bank.ts'
import type { Bank, Share } from './bank.ts'

/** Several processes run this on one bank. */
export class Transfers {
  constructor(private readonly bank: Bank) {}

  /** @throws InsufficientFunds */
  async transfer(from: string, to: string, cents: number): Promise<void> {
    const freeFrom = await this.bank.lock(from)
    const freeTo = await this.bank.lock(to)
    const paying = await this.bank.balance(from)
    const receiving = await this.bank.balance(to)
    if (paying < cents) throw new InsufficientFunds(from)
    await this.bank.store({ [from]: paying - cents, [to]: receiving + cents })
    freeTo()
    freeFrom()
  }

  /** Pays all shares or none. An account may have several shares. @throws InsufficientFunds when they are more than is there */
  async payOut(from: string, shares: readonly Share[]): Promise<void> {
    for (const { to, cents } of shares) await this.transfer(from, to, cents)
  }
}
