import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['exercises/**/*.test.ts', 'main/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'test/{integration,tidy}/**/*.test.ts'],
    setupFiles: ['test/fixtures/property-seed.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // Vitest leaves one core free, which on a machine of two is half of it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
})
