/** Words of a compiled program. Each takes the operands that its comment names. */
export const op = {
  /** The frame has ended well. */
  end: 0,
  /** sampler: work on a core. */
  work: 1,
  /** call site. */
  call: 2,
  /** sampler: waits without working. */
  sleep: 3,
  /** position. */
  jump: 4,
  /** chance number, position: goes to the position unless the chance comes true. */
  unlessChance: 5,
  /** position: goes there unless the last result is true. */
  unlessResult: 6,
  /** attribute, value, position: goes to the position unless the request has the value. */
  unlessAttribute: 7,
  /** number of branches, position after them, start of each branch. */
  parallel: 8,
  /** start of the detached branch, position after it. */
  spawn: 9,
  /** times. */
  loop: 10,
  /** position of the first step: goes there while times are left. */
  again: 11,
  /** gate group: takes a connection for several steps. */
  borrow: 12,
  /** gate group. */
  restore: 13,
  /** part, code, operand: a step that belongs to another part. */
  part: 14,
  /** outcome code: ends the frame. */
  fail: 15,
  /** key number: chooses the entity that the following steps are about. */
  key: 16,
  /** number of a version, position: goes to the position unless the replica runs that version. */
  unlessVersion: 17,
  /** number of an attribute, number of its value: marks the request with it. */
  mark: 18,
} as const
