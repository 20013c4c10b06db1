export interface Batching {
  stepMs: number
  /** Requests a second at most. */
  capacity: number
  use: number
  /** Mean time until the batch is full. */
  fillMs: number
  /** Mean time in the queue of full batches. */
  queueMs: number
  /** Fill, queue and step; infinite when more comes than goes. */
  latencyMs: number
}

/**
 * A server that runs one batch at a time, when it is full. A step takes fixed + item × batch, so capacity = batch / step.
 * A request waits (batch - 1) / (2 rate) on average for the batch to fill (random arrivals). Full batches queue for the
 * server by Kingman's approximation, ρ / (1 - ρ) × (ca² + cs²) / 2 × step, with ca² = 1 / batch and cs² = 0 (J. F. C.
 * Kingman, Proceedings of the Cambridge Philosophical Society 57, 1961).
 */
export function batching({ batch, fixedMs, itemMs, rate }: { batch: number; fixedMs: number; itemMs: number; rate: number }): Batching {
  const stepMs = fixedMs + itemMs * batch
  const capacity = (batch / stepMs) * 1000
  const use = rate / capacity
  const fillMs = ((batch - 1) / (2 * rate)) * 1000
  const queueMs = use >= 1 ? Number.POSITIVE_INFINITY : ((use / (1 - use)) * stepMs) / (2 * batch)
  return { stepMs, capacity, use, fillMs, queueMs, latencyMs: fillMs + queueMs + stepMs }
}
