/** Database images kept between visits (IndexedDB), least recently used first out. Failing is harmless: data is rebuilt. */

const DATABASE = 'firedrill-images'
/** All images together. A data set of 200,000 orders takes about 25 MB. */
const BOUND_BYTES = 160 * 1024 * 1024

interface KeptImage {
  key: string
  bytes: Uint8Array<ArrayBuffer>
}
interface ImageUse {
  key: string
  size: number
  usedAt: number
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('The image store failed.')))
  })

function openStore(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1)
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore('images', { keyPath: 'key' })
    request.result.createObjectStore('uses', { keyPath: 'key' })
  })
  return settled(request)
}

/** Which images must go so that `incoming` bytes fit; the oldest first. */
export function imagesToDrop(uses: readonly ImageUse[], incoming: number, boundBytes: number = BOUND_BYTES): string[] {
  let total = uses.reduce((sum, use) => sum + use.size, incoming)
  const dropped: string[] = []
  for (const use of uses.toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (total <= boundBytes) break
    total -= use.size
    dropped.push(use.key)
  }
  return dropped
}

/** The image under `key`, or null. */
export async function loadImage(key: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const store = await openStore()
    const transaction = store.transaction(['images', 'uses'], 'readwrite')
    const kept = (await settled(transaction.objectStore('images').get(key))) as KeptImage | undefined
    if (kept !== undefined) transaction.objectStore('uses').put({ key, size: kept.bytes.length, usedAt: Date.now() } satisfies ImageUse)
    store.close()
    return kept?.bytes ?? null
  } catch {
    return null
  }
}

/** Keeps an image, dropping others that no longer fit. Never rejects. */
export async function saveImage(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (bytes.length > BOUND_BYTES) return
  try {
    const store = await openStore()
    const transaction = store.transaction(['images', 'uses'], 'readwrite')
    const uses = (await settled(transaction.objectStore('uses').getAll())) as ImageUse[]
    for (const old of imagesToDrop(uses.filter((use) => use.key !== key), bytes.length)) {
      transaction.objectStore('images').delete(old)
      transaction.objectStore('uses').delete(old)
    }
    transaction.objectStore('images').put({ key, bytes } satisfies KeptImage)
    transaction.objectStore('uses').put({ key, size: bytes.length, usedAt: Date.now() } satisfies ImageUse)
    store.close()
  } catch {
    // A full disk or a private window: the data is built again next time.
  }
}
