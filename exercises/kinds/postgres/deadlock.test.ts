import { describe, expect, it } from 'vitest'
import { readDeadlock } from './deadlock.ts'

const error = {
  sqlstate: '40P01',
  message: 'deadlock detected',
  detail: 'Process 21 waits for ShareLock on transaction 745; blocked by process 22.\nProcess 22 waits for ExclusiveLock on tuple (0,1) of relation 16385 of database 5; blocked by process 21.',
  start: 0,
  end: 1,
}

describe('readDeadlock', () => {
  it('names the ring and the session that was ended', () => {
    expect(readDeadlock(error, 'A', (pid) => (pid === 21 ? 'A' : 'B'))).toEqual({
      victim: 'A',
      edges: [
        { from: 'A', to: 'B', lock: 'ShareLock on transaction 745' },
        { from: 'B', to: 'A', lock: 'ExclusiveLock on tuple (0,1) of relation 16385' },
      ],
    })
  })

  it('finds none in other errors, or where the server gave no detail', () => {
    expect(readDeadlock({ ...error, sqlstate: '40001' }, 'A', String)).toBeNull()
    expect(readDeadlock({ ...error, detail: '' }, 'A', String)).toBeNull()
  })
})
