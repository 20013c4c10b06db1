/** Seconds that a run covers; the push lasts from `pushFromS` to `pushToS`. */
export const stormSeconds = 600
export const pushFromS = 60
export const pushToS = 120
/** Requests answered a second, how long a caller waits, and how many times the load a push is. */
export const stormCapacity = 50
export const patienceS = 2
export const pushFactor = 3

export interface StormRun {
  sent: number[]
  inTime: number[]
  /** Seconds after the push until nearly all are answered in time for good; the rest of the run if that never happens. */
  endsAfterS: number
  ends: boolean
  peak: number
}

/** Share of the load that has to be answered in time. */
const well = 0.95

/**
 * Callers who wait two seconds and then try again, before a queue that is served first come, first served: an answer
 * that comes late is work for nobody. With a queue longer than patience × capacity every answer is late, so all callers
 * try again, and the load that keeps the queue full is tries × load. A metastable failure: N. Bronson and others,
 * "Metastable failures in distributed systems", HotOS 2021. @param tries in all, 1 without retries
 */
export function runStorm({ load, tries, queue: room, pauseS }: { load: number; tries: number; queue: number; pauseS: number }): StormRun {
  let queue: { since: number; nth: number }[] = []
  const due = new Map<number, number[]>()
  const again = (second: number, nth: number): void => {
    if (nth > tries) return
    const at = second + 1 + pauseS
    due.set(at, [...(due.get(at) ?? []), nth])
  }
  const sent: number[] = []
  const inTime: number[] = []
  for (let second = 0; second < stormSeconds; second += 1) {
    const fresh = second >= pushFromS && second < pushToS ? load * pushFactor : load
    const arriving = [...Array.from({ length: fresh }, () => 1), ...(due.get(second) ?? [])]
    due.delete(second)
    for (const nth of arriving) {
      if (queue.length < room) queue.push({ since: second, nth })
      else again(second, nth + 1)
    }
    for (const { since, nth } of queue) if (second - since === patienceS) again(second, nth + 1)
    const served = queue.slice(0, stormCapacity)
    queue = queue.slice(stormCapacity)
    sent.push(arriving.length)
    inTime.push(served.filter(({ since }) => second - since < patienceS).length)
  }
  const lastBad = inTime.findLastIndex((count) => count < load * well)
  const ends = lastBad < stormSeconds - patienceS - 1
  return { sent, inTime, ends, endsAfterS: ends ? Math.max(0, lastBad + 1 - pushToS) : stormSeconds - pushToS, peak: Math.max(...sent) }
}
