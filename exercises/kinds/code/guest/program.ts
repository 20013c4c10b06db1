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

/** What the guest's `next` says, as numbers: the host asks between any two steps of a program. */
export const nextCodes = { more: 0, idle: 1, limit: 2 } as const

/** Events of a schedule stay in the guest, so many at most: when it passes, nobody asks for them. */
const mostHeld = 200

/**
 * A function of the host's emitter (text in); returns what the host drives, `begin`, `next`, `run`, `tests`, `flush` (sends
 * what is held), and the mark of the line that runs. Everything that differs from run to run comes with `begin`: what is
 * before is the same for all.
 */
export const guestProgram = `(function (emitText) {
  'use strict';
  const stringify = JSON.stringify;
  let seed = 0;
  let state = 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const held = [];
  let count = 0;
  let holding = false;
  let failed = false;
  const flush = () => {
    for (let index = 0; index < count; index += 1) emitText(stringify(held[index]));
    count = 0;
  };
  const kit = { global: globalThis, random, limits: { virtualMs: 0, timers: 0 }, api: {}, emit: (event) => {
    if (event.kind === 'schedule') {
      holding = !failed;
      count = 0;
    }
    if (holding && event.kind !== 'failure' && event.kind !== 'end') {
      held[count] = event;
      count += 1;
      if (count === ${mostHeld}) flush();
      return;
    }
    flush();
    if (event.kind === 'failure') {
      failed = true;
      holding = false;
    }
    emitText(stringify(event));
  } };
  (${installClock.toString()})(kit);
  (${installValues.toString()})(kit);
  (${installGlobals.toString()})(kit);
  (${installTesting.toString()})(kit);
  (${installSchedules.toString()})(kit);
  (${lockLanguage.toString()})(kit);
  Object.defineProperty(globalThis, '${handoverName}', { value: kit.api, configurable: true });
  const line = new Int32Array(1);
  Object.defineProperty(globalThis, '__firedrillLine', { value: line, configurable: true });
  const nextCodes = ${JSON.stringify(nextCodes)};
  const begin = (ofRun, virtualMs, timers) => {
    seed = ofRun;
    state = ofRun >>> 0;
    kit.limits = { virtualMs, timers };
  };
  return { line, begin, flush, next: () => nextCodes[kit.clock.next()], run: (id) => kit.run(id, seed), tests: () => stringify(kit.tests()) };
})`

/** Source of the module `firedrill/test`. */
export const testModule = `const api = globalThis.${handoverName};
delete globalThis.${handoverName};
export const { ${testApiNames.join(', ')} } = api;`
