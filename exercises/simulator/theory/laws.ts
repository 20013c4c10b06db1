/** Laws that hold whatever the distributions are. */
import { requireNotNegative, requirePositive, requireShare } from './arguments.ts'

/**
 * Little's law: the mean number inside of any boundary = rate through it * mean time inside. J. D. C. Little, "A proof
 * for the queuing formula L = lambda W", Operations Research 9 (1961).
 */
export function littleNumber({ throughput, meanTime }: { throughput: number; meanTime: number }): number {
  requireNotNegative('throughput', throughput)
  requireNotNegative('meanTime', meanTime)
  return throughput * meanTime
}

/** Little's law the other way: mean time inside = mean number / rate. */
export function littleTime({ throughput, meanNumber }: { throughput: number; meanNumber: number }): number {
  requirePositive('throughput', throughput)
  requireNotNegative('meanNumber', meanNumber)
  return meanNumber / throughput
}

/**
 * The utilisation law: busy share = throughput * service time / servers. Above 1 means that the throughput cannot be.
 * Denning and Buzen, ACM Computing Surveys 10 (1978).
 */
export function utilisationOf({ throughput, serviceTime, servers = 1 }: { throughput: number; serviceTime: number; servers?: number }): number {
  requireNotNegative('throughput', throughput)
  requireNotNegative('serviceTime', serviceTime)
  requirePositive('servers', servers)
  return (throughput * serviceTime) / servers
}

/**
 * Amdahl's law: how many times faster work gets when its parallel share is spread over workers. G. M. Amdahl,
 * "Validity of the single processor approach", AFIPS 30 (1967). @param workers may be Infinity: the limit
 */
export function amdahlSpeedup({ parallelShare, workers }: { parallelShare: number; workers: number }): number {
  requireShare('parallelShare', parallelShare)
  if (!(workers >= 1)) throw new RangeError(`workers must be at least 1, not ${workers}.`)
  return 1 / (1 - parallelShare + parallelShare / workers)
}
