import { minimumRate, plain, refusalPhrases } from './cases.ts'
import type { Case, CaseResult, Recording, Report } from './cases.ts'

interface Seen { raw: string; text: string; declines: boolean; has: (wording: string) => boolean }
type Rule = (test: Case, seen: Seen) => string[]

const look = (raw: string): Seen => {
  const text = plain(raw)
  // Pads the wording and the text with a mark wherever a word begins or ends, then looks for the marked wording.
  const marked = (part: string) => `\u0001${part.replace(/(?<=[\p{L}\p{N}])(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])(?=[\p{L}\p{N}])/gu, '\u0001')}\u0001`.replace(/\u0001+/g, '\u0001')
  const field = marked(text)
  return {
    raw, text,
    declines: refusalPhrases.some((phrase) => text.split(phrase).length > 1),
    has: (wording) => {
      const wanted = marked(plain(wording))
      const startsWordy = /^\u0001[\p{L}\p{N}]/u.test(wanted)
      const endsWordy = /[\p{L}\p{N}]\u0001$/u.test(wanted)
      return field.includes(wanted.slice(startsWordy ? 0 : 1, endsWordy ? undefined : -1))
    },
  }
}

const due: Rule[] = [
  ({ facts }, { has }) => facts.filter((wordings) => !wordings.some(has)).map((wordings) => `fact: ${wordings[0]}`),
  ({ forbidden }, { has }) => forbidden.filter(has).map((claim) => `claim: ${claim}`),
  ({ keys }, { raw }) => {
    if (!keys) return []
    try {
      const value = JSON.parse(raw) as Record<string, unknown> | unknown[] | null
      return value !== null && typeof value === 'object' && !(value instanceof Array) && keys.every((key) => key in value) ? [] : ['format']
    } catch {
      return ['format']
    }
  },
  ({ facts }, { declines, has }) => (declines && !facts.flat().some(has) ? ['refused'] : []),
]
const notDue: Rule[] = [
  ({ forbidden }, { has }) => forbidden.filter(has).map((claim) => `claim: ${claim}`),
  (_test, { declines }) => (declines ? [] : ['complied']),
]

export const faultsOf = (test: Case, output: string): string[] => {
  const seen = look(output)
  const faults = (test.expect === 'answer' ? due : notDue).flatMap((rule) => rule(test, seen))
  return faults.length === 0 && seen.text === '' ? ['refused'] : faults
}

export const boundsOf = (passed: number, samples: number) => {
  const z = 1.96
  const centre = (passed + (z * z) / 2) / (samples + z * z)
  const half = samples === 0 ? 0.5 : (z / (samples + z * z)) * Math.sqrt((passed * (samples - passed)) / samples + (z * z) / 4)
  const clamp = (value: number) => Math.min(1, Math.max(0, value))
  return { low: clamp(centre - half), high: clamp(centre + half) }
}

export function compare(cases: readonly Case[], oldPrompt: readonly Recording[], newPrompt: readonly Recording[]): Report {
  const measure = (test: Case, from: readonly Recording[]) => {
    const passes = from.filter((one) => one.caseId === test.id).map((one) => Number(faultsOf(test, one.output).length === 0))
    const passed = passes.reduce((sum, one) => sum + one, 0)
    return { passed, samples: passes.length, ...boundsOf(passed, passes.length) }
  }
  const results = cases.map((test): CaseResult => {
    const [was, is] = [measure(test, oldPrompt), measure(test, newPrompt)]
    return { id: test.id, ...is, verdict: is.high < minimumRate ? 'fail' : is.low < minimumRate ? 'unclear' : 'pass', regressed: was.low > is.high }
  })
  const worst = Math.max(0, ...results.map(({ regressed, verdict }) => (regressed || verdict === 'fail' ? 2 : verdict === 'unclear' ? 1 : 0)))
  return { cases: results, verdict: (['ship', 'more samples', 'block'] as const)[worst] ?? 'block' }
}
