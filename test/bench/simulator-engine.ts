/** How fast the simulator's engine is: M/M/4 through its public face, and the same queue in SimPy. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { measureOpenQueue } from '../../exercises/simulator/queueing/index.ts'
import { mmc } from '../../exercises/simulator/theory/index.ts'

export interface EngineMeasurement {
  /** M/M/4 at 80%: a request is an arrival event and a departure event, two random draws, and its counts. Best of five. */
  readonly mm4RequestsPerSecond: number
  /** The same by CPU time, which other load on the machine disturbs less. */
  readonly mm4RequestsPerCpuSecond: number
  /** A thousand servers at 80%, so that about 800 events wait: what a deeper event queue costs. Best of five. */
  readonly mm1000RequestsPerSecond: number
  /** Measured mean wait over that of theory. */
  readonly mm4WaitOverTheory: number
  /** The same M/M/4 in SimPy on this machine; null where SimPy is not installed, as `simpyNote` says. */
  readonly simpyRequestsPerSecond: number | null
  readonly timesSimpy: number | null
  readonly simpyNote: string
}

const requests = 2_000_000
const turns = 5

interface Speed {
  readonly perSecond: number
  readonly perCpuSecond: number
  readonly meanWait: number
}

function bestOf(servers: number): Speed {
  let wallMs = Number.POSITIVE_INFINITY
  let cpuUs = Number.POSITIVE_INFINITY
  let meanWait = 0
  for (let turn = 0; turn < turns; turn += 1) {
    const startedMs = performance.now()
    const startedCpu = process.cpuUsage()
    meanWait = measureOpenQueue({ arrivalRate: 0.8 * servers, serviceRate: 1, servers, seed: 7, requests, warmUp: requests / 10 }).meanWait
    const spent = process.cpuUsage(startedCpu)
    wallMs = Math.min(wallMs, performance.now() - startedMs)
    cpuUs = Math.min(cpuUs, spent.user + spent.system)
  }
  return { perSecond: Math.round((requests / wallMs) * 1000), perCpuSecond: Math.round((requests / cpuUs) * 1e6), meanWait }
}

/** Debian's SimPy belongs to Debian's Python, which need not be the first in the path. */
function measureSimpy(): { requestsPerSecond: number | null; note: string } {
  for (const python of ['/usr/bin/python3', 'python3', 'python']) {
    const { status, stdout } = spawnSync(python, [join(import.meta.dirname, 'mm4-simpy.py'), '200000'], { encoding: 'utf8', timeout: 120_000 })
    if (status !== 0) continue
    const result = JSON.parse(stdout) as { version: string; requestsPerSecond: number }
    return { requestsPerSecond: Math.round(result.requestsPerSecond), note: `SimPy ${result.version}, 200,000 requests, one run.` }
  }
  return { requestsPerSecond: null, note: 'No Python with SimPy was found; install python3-simpy3 to compare.' }
}

/** Measures everything once; takes about twenty seconds. */
export function measureEngine(): EngineMeasurement {
  const mm4 = bestOf(4)
  const simpy = measureSimpy()
  return {
    mm4RequestsPerSecond: mm4.perSecond,
    mm4RequestsPerCpuSecond: mm4.perCpuSecond,
    mm1000RequestsPerSecond: bestOf(1000).perSecond,
    mm4WaitOverTheory: Math.round((mm4.meanWait / mmc({ arrivalRate: 3.2, serviceRate: 1, servers: 4 }).meanWait) * 1e4) / 1e4,
    simpyRequestsPerSecond: simpy.requestsPerSecond,
    timesSimpy: simpy.requestsPerSecond === null ? null : Math.round(mm4.perSecond / simpy.requestsPerSecond),
    simpyNote: simpy.note,
  }
}
