// `npm test`: lint, types, unit and integration tests, content checks, end-to-end tests; one closing count.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { ensureBrowser } from './browser.mjs'
import { checkNode, ensureBuild, ensureDependencies, node24, root, run, say } from './steps.mjs'

checkNode()
await ensureDependencies()
await ensureBuild()
const env = await ensureBrowser()
const reports = mkdtempSync(join(tmpdir(), 'firedrill-test-'))
const bin = (...path) => join(root, 'node_modules', ...path)
const tally = { passed: 0, failed: 0, skipped: 0 }
/** What failed, and why; said again at the end, where it is found without scrolling through thousands of lines. */
const failures = []

// Exercises wait for locks and time limits much of the time, so the other checks fit beside them.
await Promise.all([checkCodeAndContent(), single('every exercise proves itself', [join('main', 'cli', 'index.ts'), 'verify'])])
await suite('unit and integration tests', [bin('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, 'unit.json')}`], 'unit.json', countVitest)
await suite('end-to-end tests', [bin('playwright', 'cli.js'), 'test', '-c', join('test', 'e2e', 'playwright.config.ts')], 'e2e.json', countPlaywright)

rmSync(reports, { recursive: true, force: true })
if (failures.length > 0) process.stdout.write(`\nFailed:\n${failures.map(describe).join('\n')}\n`)
process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ''}\n`)
process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1)

async function checkCodeAndContent() {
  await single('lint', [bin('oxlint', 'bin', 'oxlint'), '--deny-warnings'])
  for (const layer of ['exercises', 'main', 'renderer', 'test']) await single(`types of ${layer}`, [bin('typescript', 'bin', 'tsc'), '-p', layer])
  await single('content is valid', [join('main', 'cli', 'index.ts'), 'validate'])
}

/** One command that counts as one test. */
async function single(name, args) {
  const { code, output } = await run(node24, args, { quiet: true, env })
  say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`)
  if (code === 0) tally.passed += 1
  else {
    tally.failed += 1
    failures.push({ name, message: output.trim().split('\n').slice(-12).join('\n') })
    say(output.trim().split('\n').slice(-60).join('\n'))
  }
}

/** A runner with a JSON report of its own; a report that is missing counts as one failure. */
async function suite(name, args, reportName, count) {
  say(`\n${name}`)
  const report = join(reports, reportName)
  const { code } = await run(node24, args, { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } })
  let counts
  try {
    counts = count(JSON.parse(readFileSync(report, 'utf8')))
  } catch {
    counts = { passed: 0, failures: [{ name, message: 'its report is missing: the runner was stopped or crashed' }], skipped: 0 }
  }
  // A runner may fail outside any test (a file that does not load).
  if (code !== 0 && counts.failures.length === 0) counts.failures.push({ name, message: `exit code ${code} without a failed test: read its output above` })
  tally.passed += counts.passed
  tally.failed += counts.failures.length
  tally.skipped += counts.skipped
  failures.push(...counts.failures)
}

function countVitest(report) {
  const failed = report.testResults.flatMap((file) => {
    const name = relative(root, file.name)
    const tests = file.assertionResults.filter((test) => test.status === 'failed')
    // A file that does not load has a message and no tests.
    if (tests.length === 0 && file.status === 'failed') return [{ name, message: file.message }]
    return tests.map((test) => ({ name: `${name} > ${test.fullName}`, message: test.failureMessages.join('\n') }))
  })
  return { passed: report.numPassedTests, failures: failed, skipped: report.numPendingTests + report.numTodoTests }
}

function countPlaywright(report) {
  return { passed: report.stats.expected + report.stats.flaky, failures: [...report.errors.map((error) => ({ name: 'end-to-end tests', message: error.message })), ...failedSpecs(report.suites)], skipped: report.stats.skipped }
}

/** The failed tests of nested suites. */
function failedSpecs(suites) {
  return suites.flatMap((suite) => [
    ...suite.specs
      .filter((spec) => !spec.ok)
      .map((spec) => ({ name: `${spec.file}:${spec.line} ${spec.title}`, message: spec.tests.flatMap((test) => test.results.flatMap((result) => result.errors.map((error) => error.message))).join('\n') })),
    ...failedSpecs(suite.suites ?? []),
  ])
}

/** A failure in a few lines, without terminal colours and the runner's own frames. */
function describe({ name, message }) {
  const lines = stripVTControlCharacters(message ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at .*(node_modules|node:|<anonymous>)/.test(line))
  return [`- ${name}`, ...lines.slice(0, 12).map((line) => `    ${line}`)].join('\n')
}
