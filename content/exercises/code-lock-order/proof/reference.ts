import { InsufficientFunds } from './bank.ts'
import type { Bank, Share } from './bank.ts'

export class Transfers {
  constructor(private readonly bank: Bank) {}

  transfer(from: string, to: string, cents: number): Promise<void> {
    return this.payOut(from, [{ to, cents }])
  }

  async payOut(from: string, shares: readonly Share[]): Promise<void> {
    // The same order for everyone, each account once.
    const accounts = [...new Set([from, ...shares.map(({ to }) => to)])].sort()
    const held: (() => void)[] = []
    try {
      for (const account of accounts) held.push(await this.bank.lock(account))
      const balances: Record<string, number> = {}
      for (const account of accounts) balances[account] = await this.bank.balance(account)
      const move = (account: string, cents: number): void => {
        balances[account] = (balances[account] ?? 0) + cents
      }
      const total = shares.reduce((sum, { cents }) => sum + cents, 0)
      if ((balances[from] ?? 0) < total) throw new InsufficientFunds(from)
      move(from, -total)
      for (const { to, cents } of shares) move(to, cents)
      await this.bank.store(balances)
    } finally {
      for (const free of held) free()
    }
  }
}
