/**
 * A host of another speed, for finding tests and screens that are right by luck: `FIREDRILL_E2E_SLOW=7` delays each
 * message and file that goes to or comes from the host, differently for each test and each seed.
 */
import { createHash } from 'node:crypto'
import type { Page, TestInfo } from 'playwright/test'

const seed = process.env['FIREDRILL_E2E_SLOW']

/** Half of all messages and files go at once, the others after up to so many milliseconds. */
const longestDelayMs = 300

/** Slows the host of `page` down where a seed is given, and gives its test the time for it. */
export async function slowDown(page: Page, test: TestInfo): Promise<void> {
  if (seed === undefined) return
  test.setTimeout(test.timeout * 3)
  const random = randomFrom(`${seed} ${test.titlePath.join(' ')} ${String(test.repeatEachIndex)}`)
  const delay = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, random() < 0.5 ? 0 : random() * longestDelayMs))
  await page.route(/^http/, async (route) => {
    await delay()
    // The test may be over by then, or the window elsewhere.
    await route.fallback().catch(() => undefined)
  })
  await page.routeWebSocket(/^ws/, (socket) => {
    const host = socket.connectToServer()
    let isOpen = true
    // Messages keep their order, as on a real connection, and end with it.
    const inOrder = (send: (message: string | Buffer) => void): ((message: string | Buffer) => void) => {
      let last = Promise.resolve()
      return (message) => {
        last = last.then(delay).then(() => (isOpen ? send(message) : undefined))
      }
    }
    const closing = (other: typeof host) => (code?: number, reason?: string): void => {
      isOpen = false
      void other.close({ ...(code === undefined ? {} : { code }), ...(reason === undefined ? {} : { reason }) })
    }
    socket.onMessage(inOrder((message) => host.send(message)))
    host.onMessage(inOrder((message) => socket.send(message)))
    socket.onClose(closing(host))
    host.onClose(closing(socket))
  })
}

/** Numbers from 0 to 1, the same for the same text: the first four bytes of a hash for each. */
function randomFrom(text: string): () => number {
  let count = 0
  return () => {
    count += 1
    return createHash('sha256').update(`${text} ${String(count)}`).digest().readUInt32BE() / 2 ** 32
  }
}
