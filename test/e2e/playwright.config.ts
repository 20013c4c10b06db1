import { defineConfig } from 'playwright/test'

/** The shell draws what the browser draws, without windows around it. */
const executablePath = process.env['FIREDRILL_HEADLESS_SHELL'] ?? process.env['FIREDRILL_BROWSER']

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['json', { outputFile: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ?? '../../test-results/e2e.json' }]],
  use: {
    viewport: { width: 1280, height: 800 },
    // Tracing doubles the time of a run; `--trace retain-on-failure` shows how a failure came about.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-quic'] : [],
    },
  },
})
