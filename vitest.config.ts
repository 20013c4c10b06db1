import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['exercises/**/*.test.ts', 'main/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'test/{integration,tidy}/**/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
  },
})
