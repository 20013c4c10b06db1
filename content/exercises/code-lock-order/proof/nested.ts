import { InsufficientFunds } from './bank.ts'
import type { Bank, Share } from './bank.ts'

/** Runs `work` under the locks of all these accounts, the last name first. */
async function underLocks<T>(bank: Bank, accounts: string[], work: () => Promise<T>): Promise<T> {
  const [next, ...others] = [...accounts].sort((a, b) => (a < b ? 1 : -1))
  if (next === undefined) return work()
  const free = await bank.lock(next)
  return underLocks(bank, others.filter((other) => other !== next), work).finally(free)
}

export class Transfers {
  #bank: Bank
  constructor(bank: Bank) {
    this.#bank = bank
  }

  async transfer(from: string, to: string, cents: number): Promise<void> {
    if (from === to) return
    await underLocks(this.#bank, [from, to], async () => {
      const [a, b] = await Promise.all([this.#bank.balance(from), this.#bank.balance(to)])
      if (a < cents) throw new InsufficientFunds(`${from} has ${a}`)
      await this.#bank.store({ [from]: a - cents, [to]: b + cents })
    })
  }

  async payOut(from: string, shares: readonly Share[]): Promise<void> {
    const sums = new Map<string, number>([[from, 0]])
    for (const { to, cents } of shares) {
      sums.set(from, (sums.get(from) ?? 0) - cents)
      sums.set(to, (sums.get(to) ?? 0) + cents)
    }
    await underLocks(this.#bank, [...sums.keys()], async () => {
      const after = await Promise.all([...sums].map(async ([account, change]) => [account, (await this.#bank.balance(account)) + change] as const))
      if (after.some(([account, cents]) => account === from && cents < 0)) throw new InsufficientFunds(from)
      await this.#bank.store(Object.fromEntries(after))
    })
  }
}
