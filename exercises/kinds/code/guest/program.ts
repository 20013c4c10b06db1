/** The guest as one script: what runs in a fresh sandbox before any other code. */
import { installClock } from './clock.ts'
import { installGlobals } from './globals.ts'
import { lockLanguage } from './lock.ts'
import { installSchedules } from './schedules.ts'
import { installTesting } from './testing.ts'
import { installValues } from './values.ts'

/** Exports of the module `firedrill/test`. */
export const testApiNames = ['test', 'expect', 'failTest', 'watch', 'outcome', 'fake', 'sleep', 'deferred', 'note', 'clock', 'abortListeners', 'everySchedule'] as const

/** Where the test module finds its exports while it loads; gone before any program of a learner runs. */
export const handoverName = '__firedrill'

/** A function of the host's emitter (text in) and settings; returns what the host drives, `next`, `run`,
 * `tests`, and the mark of the line that runs. */
export const guestProgram = `(function (emitText, seed, virtualMs, timers) {
  'use strict';
  const stringify = JSON.stringify;
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const kit = { global: globalThis, random, limits: { virtualMs, timers }, api: {}, emit: (event) => emitText(stringify(event)) };
  (${installClock.toString()})(kit);
  (${installValues.toString()})(kit);
  (${installGlobals.toString()})(kit);
  (${installTesting.toString()})(kit);
  (${installSchedules.toString()})(kit);
  (${lockLanguage.toString()})(kit);
  Object.defineProperty(globalThis, '${handoverName}', { value: kit.api, configurable: true });
  const line = new Int32Array(1);
  Object.defineProperty(globalThis, '__firedrillLine', { value: line, configurable: true });
  return { line, next: () => kit.clock.next(), run: (id) => kit.run(id, seed), tests: () => stringify(kit.tests()) };
})`

/** Source of the module `firedrill/test`. */
export const testModule = `const api = globalThis.${handoverName};
delete globalThis.${handoverName};
export const { ${testApiNames.join(', ')} } = api;`
