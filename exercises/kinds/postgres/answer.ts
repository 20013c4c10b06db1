/** Reads a schedule: steps of several sessions in an order. And the orders in which clients can take turns. */

export interface ScheduleStep {
  session: string
  sql: string
  /** 1-based line of the answer. */
  line: number
}

export interface AnswerFault {
  message: string
  line: number
}

/** `A: BEGIN;` starts a step of session A; lines without a label continue it. Steps are played from top to bottom. */
export function readSchedule(text: string, sessions: readonly string[]): { steps: ScheduleStep[]; faults: AnswerFault[] } {
  const steps: ScheduleStep[] = []
  const faults: AnswerFault[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const labelled = /^\s*([A-Za-z]\w*)\s*:(?![:=])(.*)$/.exec(line)
    const [, session, sql] = labelled ?? []
    const last = steps.at(-1)
    if (session !== undefined && sql !== undefined) {
      if (!sessions.includes(session)) faults.push({ message: `There is no session ${session}; there are ${sessions.join(', ')}.`, line: index + 1 })
      else steps.push({ session, sql: sql.trim(), line: index + 1 })
    } else if (line.trim() !== '' && !line.trim().startsWith('--')) {
      if (last === undefined) faults.push({ message: `Say which session runs it, as in ${sessions[0] ?? 'A'}: ${line.trim().slice(0, 30)}`, line: index + 1 })
      else last.sql += `\n${line}`
    }
  }
  return { steps, faults }
}

/** Beyond this many, orders are drawn instead of listed. */
const mostListed = 20_000

/** Every order in which clients can take their turns, at most `max` of them, evenly taken and always the same. */
export function interleavings(turns: readonly number[], max: number): number[][] {
  if (ordersOf(turns) > mostListed) return drawnOrders(turns, max)
  const all: number[][] = []
  const left = [...turns]
  const order: number[] = []
  const visit = (): void => {
    if (left.every((count) => count === 0)) {
      all.push([...order])
      return
    }
    for (const [client, count] of left.entries()) {
      if (count === 0) continue
      left[client] = count - 1
      order.push(client)
      visit()
      order.pop()
      left[client] = count
    }
  }
  visit()
  if (all.length <= max) return all
  return Array.from({ length: max }, (_, index) => all[Math.floor((index * (all.length - 1)) / Math.max(max - 1, 1))] ?? [])
}

/** How many orders there are: the multinomial coefficient. */
export function ordersOf(turns: readonly number[]): number {
  let orders = 1
  let placed = 0
  for (const count of turns) {
    for (let turn = 1; turn <= count; turn += 1) {
      placed += 1
      orders = (orders * placed) / turn
    }
  }
  return Math.round(orders)
}

/** Turn by turn, one after the other, and then shuffled ones, each once. */
function drawnOrders(turns: readonly number[], max: number): number[][] {
  const longest = Math.max(...turns)
  const roundRobin = Array.from({ length: longest }, (_, turn) => turns.flatMap((count, client) => (turn < count ? [client] : []))).flat()
  const orders = new Map([[roundRobin.join(), roundRobin]])
  const sequential = turns.flatMap((count, client) => Array.from({ length: count }, () => client))
  if (orders.size < max) orders.set(sequential.join(), sequential)
  let state = 1
  while (orders.size < max) {
    const order = [...sequential]
    for (let index = order.length - 1; index > 0; index -= 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      const other = Math.floor((state / 2 ** 32) * (index + 1))
      ;[order[index], order[other]] = [order[other] ?? 0, order[index] ?? 0]
    }
    orders.set(order.join(), order)
  }
  return [...orders.values()]
}

/** Puts a client's number into its parameters. */
export function clientParameters(parameters: Readonly<Record<string, string | number | null>>, client: number): Record<string, string | number | null> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, value === '{client}' ? client : typeof value === 'string' ? value.replaceAll('{client}', String(client)) : value]),
  )
}
