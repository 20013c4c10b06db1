import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Core } from '../../../main/api/index.ts'
import { createCore } from '../../../main/core.ts'
import { createLibrary } from '../../../main/services/library/index.ts'

export const projectRoot = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))

/** A real core over the real content and a data folder of the test's own. */
export async function openCore(dataDir: string, host: 'electron' | 'browser' | 'memory'): Promise<Core> {
  const library = await createLibrary({ contentDir: join(projectRoot, 'content'), watch: false })
  return createCore({
    dataDir,
    library,
    host,
    version: '0.0.0-test',
    platform: process.platform,
    development: true,
    now: Date.now,
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
  })
}
