import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const shared = { setupFiles: ['test/fixtures/property-seed.ts'], testTimeout: 90_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } }

export default defineConfig({
  test: {
    // Vitest leaves one core free, which on a machine of two is half of it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      // Pure modules leave nothing behind, so a worker runs file after file in one go, which saves a third of their time.
      { test: { ...shared, name: 'exercises', include: ['exercises/**/*.test.ts'], isolate: false } },
      { test: { ...shared, name: 'app', include: ['main/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'test/{integration,tidy}/**/*.test.ts'] } },
    ],
  },
})
