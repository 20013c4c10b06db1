import { clock, everySchedule, expect, fake, note, sleep, test, watch } from 'firedrill/test'
import type { CallFault, Schedule } from 'firedrill/test'
import type { Bank } from './bank.ts'
import { Transfers } from './transfers.ts'

/** A bank whose calls the schedule orders and lets fail. */
function world(schedule: Schedule, { faults = [], callMs = 0 }: { faults?: readonly CallFault[]; callMs?: number } = {}) {
  const balances = new Map([['ana', 100], ['ben', 100], ['cem', 100], ['dina', 100]])
  const waiting = new Map<string, (() => void)[]>()
  const free = (account: string): void => {
    const next = waiting.get(account)?.shift()
    if (next === undefined) waiting.delete(account)
    else next()
  }
  const lock = fake('locks', async (account: string): Promise<() => void> => {
    await schedule.call(`the lock of ${account}`, () => undefined, faults)
    const queue = waiting.get(account)
    if (queue === undefined) waiting.set(account, [])
    else await new Promise<void>((resolve) => { queue.push(resolve) })
    let held = true
    return () => {
      if (!held) return
      held = false
      note(`the lock of ${account} is given back`)
      free(account)
    }
  })
  const accounts = fake('accounts', async (what: 'balance' | 'store', of: string | Readonly<Record<string, number>>): Promise<number> => {
    if (callMs > 0) await sleep(callMs)
    return schedule.call(what, () => {
      if (typeof of === 'string') return balances.get(of) ?? 0
      for (const [account, cents] of Object.entries(of)) balances.set(account, cents)
      return 0
    }, faults)
  })
  const bank: Bank = { lock, balance: (account) => accounts('balance', account), store: async (next) => { await accounts('store', next) } }
  /** Lets all run for a minute. Who has not ended then never will. */
  const ends = async (...transfers: Promise<void>[]): Promise<string[]> => {
    const watched = transfers.map((transfer) => watch(transfer))
    await clock.advance(60_000)
    return watched.map(({ state }) => (state === 'pending' ? 'waits for ever' : state))
  }
  const expectFree = (when: string) => expect([...waiting.keys()], `locks that are held ${when}`).toEqual([])
  return { transfers: () => new Transfers(bank), balances: () => Object.fromEntries(balances), ends, expectFree, lock }
}

test('moves', () => everySchedule({}, async (schedule) => {
  const { transfers, balances, ends, expectFree } = world(schedule)
  expect(await ends(transfers().transfer('ana', 'ben', 30))).toEqual(['fulfilled'])
  expect(balances(), 'balances').toEqual({ ana: 70, ben: 130, cem: 100, dina: 100 })
  expectFree('after a transfer')
}))

test('opposite', () => everySchedule({ most: 600 }, async (schedule) => {
  const { transfers, balances, ends, expectFree } = world(schedule)
  expect(await ends(transfers().transfer('ana', 'ben', 30), transfers().transfer('ben', 'ana', 10)), 'how the two transfers ended').toEqual(['fulfilled', 'fulfilled'])
  expect(balances(), 'balances').toEqual({ ana: 80, ben: 120, cem: 100, dina: 100 })
  expectFree('after both')
}))

test('too-little', () => everySchedule({}, async (schedule) => {
  const { transfers, balances, ends, expectFree } = world(schedule)
  expect(await ends(transfers().transfer('ana', 'ben', 101)), 'a transfer of 101 from a balance of 100').toEqual(['rejected'])
  expect(balances(), 'balances').toEqual({ ana: 100, ben: 100, cem: 100, dina: 100 })
  expectFree('after a transfer that was refused')
}))
