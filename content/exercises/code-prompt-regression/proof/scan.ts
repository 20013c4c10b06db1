import { minimumRate, plain, refusalPhrases, type Case, type CaseResult, type Recording, type Report } from './cases.ts'

const isWordy = (letter: string | undefined) => letter !== undefined && letter !== '' && (letter.toLowerCase() !== letter.toUpperCase() || (letter >= '0' && letter <= '9') || letter === 'ß')

/** Goes through all places of a wording, without a regular expression. */
function mentions(text: string, wording: string): boolean {
  const wanted = plain(wording)
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    if (!isWordy(text[at - 1]) && !isWordy(text[at + wanted.length])) return true
  }
  return false
}

function parsedKeys(output: string): string[] | null {
  let value: unknown
  try { value = JSON.parse(output) } catch { return null }
  return Object.prototype.toString.call(value) === '[object Object]' ? Object.keys(value as object) : null
}

export function faultsOf(test: Case, output: string): string[] {
  const faults: string[] = []
  const text = plain(output)
  const hasPhrase = refusalPhrases.findIndex((phrase) => text.indexOf(phrase) >= 0) >= 0
  for (const claim of test.forbidden) if (mentions(text, claim)) faults.push(`claim: ${claim}`)
  if (test.expect === 'refusal') {
    if (!hasPhrase) faults.push('complied')
    return faults
  }
  let found = 0
  for (const wordings of test.facts) {
    if (wordings.some((wording) => mentions(text, wording))) found += 1
    else faults.push('fact: ' + wordings[0])
  }
  if (test.keys) {
    const keys = parsedKeys(output)
    if (!keys || test.keys.some((key) => !keys.includes(key))) faults.push('format')
  }
  if (hasPhrase && found === 0) faults.push('refused')
  else if (text.length === 0 && faults.length === 0) faults.push('refused')
  return faults
}

// Wilson's bounds are the roots of (p - x)^2 = z^2 x (1 - x) / n.
export function boundsOf(passed: number, samples: number) {
  if (samples < 1) return { low: 0, high: 1 }
  const zz = 1.96 * 1.96
  const [a, b, c] = [samples + zz, 2 * passed + zz, (passed * passed) / samples]
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c))
  return { low: (b - root) / (2 * a), high: (b + root) / (2 * a) }
}

export function compare(cases: readonly Case[], oldPrompt: readonly Recording[], newPrompt: readonly Recording[]): Report {
  const tally = (recordings: readonly Recording[]) => {
    const counts = new Map<string, [number, number]>(cases.map(({ id }) => [id, [0, 0]]))
    for (const { caseId, output } of recordings) {
      const test = cases.find(({ id }) => id === caseId)
      const count = counts.get(caseId)
      if (!test || !count) continue
      count[1] += 1
      if (faultsOf(test, output).length === 0) count[0] += 1
    }
    return counts
  }
  const [then, now] = [tally(oldPrompt), tally(newPrompt)]
  let verdict: Report['verdict'] = 'ship'
  const results: CaseResult[] = []
  for (const { id } of cases) {
    const [passed, samples] = now.get(id) ?? [0, 0]
    const bounds = boundsOf(passed, samples)
    const result: CaseResult = { id, passed, samples, ...bounds, verdict: 'unclear', regressed: bounds.high < boundsOf(...(then.get(id) ?? [0, 0])).low }
    if (bounds.low >= minimumRate) result.verdict = 'pass'
    if (bounds.high < minimumRate) result.verdict = 'fail'
    if (result.regressed || result.verdict === 'fail') verdict = 'block'
    else if (result.verdict === 'unclear' && verdict === 'ship') verdict = 'more samples'
    results.push(result)
  }
  return { cases: results, verdict }
}
