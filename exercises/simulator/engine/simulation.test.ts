import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Sampler, Simulation, copyState, hashState, startRun } from './index.ts'
import type { Component, ComponentId, RandomStream, TimerHandle } from './index.ts'

/** Writes down every event, and may do something at one. */
class Recorder implements Component<{ seen: string[] }> {
  seen: string[] = []
  readonly id: ComponentId
  onEvent: (kind: number) => void = () => undefined
  private readonly simulation: Simulation
  constructor(simulation: Simulation, name = 'recorder') {
    this.simulation = simulation
    this.id = simulation.register(name, this)
  }
  handle(kind: number, a: number, b: number): void {
    this.seen.push(`${this.simulation.nowUs}:${kind}:${a}:${b}`)
    this.onEvent(kind)
  }
  save(): { seen: string[] } {
    return copyState({ seen: this.seen })
  }
  load(state: { seen: string[] }): void {
    this.seen = [...state.seen]
  }
}

/** Walkers that wander by chance and set and cancel timers: enough to notice any state that a snapshot forgets. */
class Wanderer implements Component<{ log: number[]; timer: TimerHandle; steps: number }> {
  private state: { log: number[]; timer: TimerHandle; steps: number } = { log: [], timer: 0, steps: 0 }
  readonly id: ComponentId
  private readonly simulation: Simulation
  private readonly delays: RandomStream
  private readonly choices: RandomStream
  private readonly sampler = new Sampler({ kind: 'lognormal', p50Ms: 2, p99Ms: 30 })
  constructor(simulation: Simulation, name: string) {
    this.simulation = simulation
    this.id = simulation.register(name, this)
    this.delays = simulation.stream(`${name}/delays`)
    this.choices = simulation.stream(`${name}/choices`)
    simulation.schedule(0, this.id, 0)
  }
  get log(): readonly number[] {
    return this.state.log
  }
  nudge(): void {
    this.simulation.schedule(0, this.id, 2, this.choices.uint32())
  }
  handle(kind: number, a: number): void {
    const { simulation, state } = this
    state.log.push(simulation.nowUs, kind, a)
    if (kind !== 0) return
    state.steps += 1
    if (this.choices.chance(0.6)) simulation.cancel(state.timer)
    state.timer = simulation.schedule(this.sampler.sampleUs(this.delays), this.id, 1, state.steps)
    simulation.schedule(this.sampler.sampleUs(this.delays), this.id, 0, this.choices.integer(100))
  }
  save(): { log: number[]; timer: TimerHandle; steps: number } {
    return copyState(this.state)
  }
  load(state: { log: number[]; timer: TimerHandle; steps: number }): void {
    this.state = copyState(state)
  }
}

const build = (simulation: Simulation): Wanderer[] => ['ann', 'bob', 'cyd'].map((name) => new Wanderer(simulation, name))

describe('time', () => {
  it('handles events in order of time, then of scheduling, and leaves the clock at the time asked for', () => {
    const simulation = new Simulation(1)
    const recorder = new Recorder(simulation)
    simulation.schedule(20, recorder.id, 1)
    simulation.schedule(10, recorder.id, 2, 7, 0.5)
    simulation.scheduleAt(20, recorder.id, 3, -1)
    simulation.schedule(21, recorder.id, 4)
    expect(simulation.nextEventUs()).toBe(10)
    expect(simulation.runUntil(20)).toBe('reached')
    expect(recorder.seen).toEqual(['10:2:7:0.5', '20:1:0:0', '20:3:-1:0'])
    expect([simulation.nowUs, simulation.eventCount, simulation.pendingEvents]).toEqual([20, 3, 1])
    expect(simulation.step()).toBe(true)
    expect(simulation.step()).toBe(false)
    expect(simulation.nowUs).toBe(21)
  })

  it('goes past 2^31 microseconds, which is only 35 minutes', () => {
    const simulation = new Simulation(1)
    const recorder = new Recorder(simulation)
    simulation.schedule(2 ** 52 + 1, recorder.id, 0)
    simulation.runUntil(Number.MAX_SAFE_INTEGER)
    expect(recorder.seen).toEqual([`${2 ** 52 + 1}:0:0:0`])
  })

  it('pauses after the event that asks, stops at a limit, and goes on', () => {
    const simulation = new Simulation(1)
    const recorder = new Recorder(simulation)
    for (let kind = 0; kind < 5; kind += 1) simulation.schedule(kind, recorder.id, kind)
    recorder.onEvent = (kind) => kind === 1 && simulation.pause()
    expect(simulation.runUntil(100)).toBe('paused')
    expect(simulation.nowUs).toBe(1)
    expect(simulation.runUntil(100, 2)).toBe('limit')
    expect(simulation.nowUs).toBe(3)
    expect(simulation.runUntil(100)).toBe('reached')
    expect(simulation.nowUs).toBe(100)
  })

  it('is the same run whether sliced or not', () => {
    const whole = startRun({ seed: 5, build })
    whole.simulation.runUntil(300_000)
    const sliced = startRun({ seed: 5, build })
    while (sliced.simulation.runUntil(300_000, 7) === 'limit');
    expect(hashState(sliced.simulation.save())).toBe(hashState(whole.simulation.save()))
  })

  it.each([[-1], [0.5], [Number.NaN], [Number.POSITIVE_INFINITY]])('refuses a delay of %d', (delayUs) => {
    const simulation = new Simulation(1)
    const { id } = new Recorder(simulation)
    expect(() => simulation.schedule(delayUs, id, 0)).toThrow(RangeError)
    expect(() => simulation.runUntil(delayUs)).toThrow(RangeError)
    expect(simulation.pendingEvents).toBe(0)
  })

  it('tells a loop without delay instead of hanging', () => {
    const simulation = new Simulation(1)
    const { id } = new (class implements Component {
      readonly id = simulation.register('looper', this)
      handle(): void {
        simulation.schedule(0, this.id, 0)
      }
      save(): object {
        return {}
      }
      load(): void {}
    })()
    simulation.schedule(3, id, 0)
    expect(() => simulation.runUntil(10)).toThrow(/at 3 us, the last for "looper": a loop without delay/)
  })

  it('refuses two components of one name, and events for none', () => {
    const simulation = new Simulation(1)
    new Recorder(simulation, 'one')
    expect(() => new Recorder(simulation, 'one')).toThrow(/"one" already/)
    simulation.schedule(0, 9, 0)
    expect(() => simulation.step()).toThrow(/component 9/)
  })
})

describe('determinism', () => {
  it('same seed, same bytes; another seed, another run', () => {
    const hashAt = (seed: number | string): string => {
      const run = startRun({ seed, build })
      run.simulation.runUntil(1_000_000)
      return hashState(run.simulation.save())
    }
    expect(hashAt(7)).toBe(hashAt(7))
    expect(hashAt(8)).not.toBe(hashAt(7))
  })

  it('gives the bytes that it gave on every machine before', () => {
    const run = startRun({ seed: 'golden', build })
    run.simulation.runUntil(10_000_000)
    expect([run.simulation.eventCount, hashState(run.world.map(({ log }) => log))]).toEqual([13_123, '3e105d008bde82f1'])
  })

  it('a snapshot at any moment continues as if nothing had been', () => {
    const whole = startRun({ seed: 11, build })
    whole.simulation.runUntil(200_000)
    const expected = hashState(whole.simulation.save())
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), fc.nat(40), (atUs, extraSteps) => {
        const first = startRun({ seed: 11, build })
        first.simulation.runUntil(atUs)
        for (let step = 0; step < extraSteps && first.simulation.nextEventUs() <= 200_000; step += 1) first.simulation.step()
        const snapshot = structuredClone(first.simulation.save())
        const second = startRun({ seed: 11, build }, snapshot)
        expect(hashState(second.simulation.save())).toBe(hashState(snapshot))
        second.simulation.runUntil(200_000)
        expect(hashState(second.simulation.save())).toBe(expected)
      }),
      { numRuns: 60 },
    )
  })

  it('a fork shares nothing: each goes its own way, and they differ only from the first difference on', () => {
    const actedAtUs = 100_000
    const original = startRun({ seed: 3, build })
    original.simulation.runUntil(actedAtUs)
    const fork = original.fork()
    fork.world[1]?.nudge()
    fork.simulation.runUntil(300_000)
    const untouched = startRun({ seed: 3, build })
    untouched.simulation.runUntil(300_000)
    original.simulation.runUntil(300_000)
    expect(hashState(original.simulation.save())).toBe(hashState(untouched.simulation.save()))
    for (const [index, wanderer] of fork.world.entries()) {
      const [same, other] = [original.world[index]!.log, wanderer.log]
      const differAt = other.findIndex((value, at) => value !== same[at])
      if (index !== 1) expect(other).toEqual(same)
      else expect(other[differAt - (differAt % 3)]).toBe(actedAtUs)
    }
  })

  it('a snapshot is not changed by what happens after it', () => {
    const run = startRun({ seed: 3, build })
    run.simulation.runUntil(50_000)
    const snapshot = run.simulation.save()
    const before = hashState(snapshot)
    run.simulation.runUntil(100_000)
    const other = startRun({ seed: 3, build }, snapshot)
    other.simulation.runUntil(100_000)
    expect(hashState(snapshot)).toBe(before)
    expect(hashState(other.simulation.save())).toBe(hashState(run.simulation.save()))
  })

  it('refuses a snapshot of another world, and stays as it was', () => {
    const run = startRun({ seed: 3, build })
    const before = hashState(run.simulation.save())
    const others = startRun({ seed: 3, build: (simulation) => new Wanderer(simulation, 'ann') })
    expect(() => run.simulation.load(others.simulation.save())).toThrow(/other components/)
    expect(() => run.simulation.load(startRun({ seed: 4, build }).simulation.save())).toThrow(/seed 4/)
    expect(hashState(run.simulation.save())).toBe(before)
  })
})

describe('streams', () => {
  it('one more component, and one that draws more, change nothing for the others', () => {
    const alone = startRun({ seed: 9, build })
    const joined = startRun({
      seed: 9,
      build: (simulation) => {
        const newcomer = new Wanderer(simulation, 'zoe')
        simulation.stream('zoe/choices').uniform()
        return [...build(simulation), newcomer]
      },
    })
    alone.simulation.runUntil(200_000)
    joined.simulation.runUntil(200_000)
    for (const index of [0, 1, 2]) expect(joined.world[index]?.log).toEqual(alone.world[index]?.log)
  })

  it('are the same object for the same name, and start from the seed in a snapshot that had none', () => {
    const simulation = new Simulation(1)
    const snapshot = simulation.save()
    const stream = simulation.stream('late')
    expect(simulation.stream('late')).toBe(stream)
    const first = stream.uniform()
    simulation.load(snapshot)
    expect(stream.uniform()).toBe(first)
  })
})
