import { clock, everySchedule, expect, fake, note, outcome, sleep, test, watch } from 'firedrill/test'
import type { CallFault, Schedule } from 'firedrill/test'
import type { Bank } from './bank.ts'
import { Transfers } from './transfers.ts'
import { InsufficientFunds } from './bank.ts'

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

test('circle', () => everySchedule({ most: 600 }, async (schedule) => {
  const { transfers, balances, ends, expectFree } = world(schedule)
  const states = await ends(transfers().transfer('ana', 'ben', 30), transfers().transfer('ben', 'cem', 20), transfers().transfer('cem', 'ana', 10))
  expect(states, 'how the three transfers ended').toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
  expect(balances(), 'balances').toEqual({ ana: 80, ben: 110, cem: 110, dina: 100 })
  expectFree('after all three')
}))

test('no-lost-update', () => everySchedule({ most: 600 }, async (schedule) => {
  const { transfers, balances, ends } = world(schedule)
  await ends(transfers().transfer('ana', 'ben', 30), transfers().transfer('ana', 'ben', 20))
  expect(balances(), 'balances after 30 and 20 from ana to ben').toEqual({ ana: 50, ben: 150, cem: 100, dina: 100 })
}))

test('call-fails', () => everySchedule({ faults: 1 }, async (schedule) => {
  const { transfers, balances, ends, expectFree } = world(schedule, { faults: ['fails', 'loses its answer'] })
  const [state] = await ends(transfers().transfer('cem', 'ana', 30))
  expectFree(`after a transfer that was ${String(state)}`)
  const { ana = 0, cem = 0 } = balances()
  expect(ana + cem, 'ana and cem together').toBe(200)
  const { error } = await outcome(transfers().transfer('dina', 'ana', 500))
  expect(error instanceof Error, 'a transfer of 500 from a balance of 100 is refused').toBeTrue()
  expectFree('after another one that was refused')
}))

test('to-oneself', () => everySchedule({}, async (schedule) => {
  const { transfers, balances, ends, expectFree } = world(schedule)
  expect(await ends(transfers().transfer('ana', 'ana', 30)), 'a transfer from ana to ana').toEqual(['fulfilled'])
  expect(balances(), 'balances').toEqual({ ana: 100, ben: 100, cem: 100, dina: 100 })
  expectFree('after it')
}))

test('pay-out', () => everySchedule({ most: 500 }, async (schedule) => {
  const { transfers, balances, ends, expectFree } = world(schedule)
  const shares = [{ to: 'dina', cents: 10 }, { to: 'ana', cents: 20 }, { to: 'dina', cents: 5 }]
  const states = await ends(transfers().payOut('cem', shares), transfers().transfer('dina', 'cem', 50))
  expect(states, 'how a payout of cem and a transfer to cem ended').toEqual(['fulfilled', 'fulfilled'])
  expect(balances(), 'balances').toEqual({ ana: 120, ben: 100, cem: 115, dina: 65 })
  const tooMuch = await outcome(transfers().payOut('ben', [{ to: 'ana', cents: 60 }, { to: 'cem', cents: 60 }]))
  expect(tooMuch.error instanceof InsufficientFunds, 'a payout of 120 from a balance of 100 is refused with InsufficientFunds').toBeTrue()
  expect(balances().ana, 'the balance of ana after a payout that was refused as a whole').toBe(120)
  expectFree('after the payouts')
}))

test('parallel', () => everySchedule({ most: 1 }, async (schedule) => {
  const { transfers, expectFree } = world(schedule, { callMs: 100 })
  const beganMs = clock.now()
  await Promise.all([transfers().transfer('ana', 'ben', 10), transfers().transfer('dina', 'cem', 10)])
  const bothMs = clock.now() - beganMs
  await transfers().transfer('ana', 'ben', 10)
  const oneMs = clock.now() - beganMs - bothMs
  expect(bothMs, `ms for two transfers between four accounts at once; one takes ${oneMs}`).toBeAtMost(oneMs * 1.5)
  expectFree('after them')
}))
