import type { StorageStatus } from '../../api/contract.ts'
import type { DurableStore } from '../../storage/index.ts'

export interface StorageStatusService {
  get(): StorageStatus
  dismissNotice(id: string): StorageStatus
}

/** How safe the learner's work is, and what happened to it. `onChange` hears each status that differs from the last. */
export function createStorageStatus(store: DurableStore, onChange: (status: StorageStatus) => void): StorageStatusService {
  const get = (): StorageStatus => ({ ...store.status(), notices: store.notices() })
  let last = JSON.stringify(get())

  function tell(): void {
    const status = get()
    const text = JSON.stringify(status)
    if (text === last) return
    last = text
    onChange(status)
  }
  store.onStatus(tell)
  store.onReplaced(tell)

  return {
    get,
    dismissNotice(id) {
      store.write([{ kind: 'notice-dismissed', id }])
      tell()
      return get()
    },
  }
}
