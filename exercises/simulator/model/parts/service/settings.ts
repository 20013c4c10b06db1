/** What operators can change while a service runs. */
export interface ServiceSettings {
  /** Infinity for a service that holds no threads. */
  threads: number
  queue: number
  /** Most requests in flight on a pod before it sheds; Infinity for none. */
  shedInflight: number
  /** Sheds requests that waited longer than this for a thread, in microseconds; Infinity for none. */
  shedQueueUs: number
  /** Share of requests that fail, whatever else. */
  errors: number
  /** Work takes this many times longer. */
  slowness: number
  /** Share of connections that are lost when they are given back, by group of gates. */
  leaks: Readonly<Record<number, number>>
}
