/** Judges figures: the times and amounts of a text are those of the scenario. */
import type { Judgement } from '../../../core/judgement.ts'
import { quote } from '../judgement.ts'
import { anyNameOf, regexOf } from '../patterns.ts'
import type { DocumentCheckOf } from '../schema.ts'
import type { DocumentText } from '../text.ts'

const timeOfDay = /(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?!\d)/g

/** Times of day in a text, as minutes, with how they are written. */
export function timesIn(text: string): { minutes: number; written: string }[] {
  return Array.from(text.matchAll(timeOfDay), ([written, hours, minutes]) => ({ written, minutes: Number(hours) * 60 + Number(minutes) }))
}

export function minutesOfTime(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}

export function judgeFigures(check: DocumentCheckOf<'figures'>, document: DocumentText): Judgement {
  const seen = new Set<string>()
  const faults: { line: number; text: string }[] = []
  const known = new Set((check.times?.known ?? []).map(minutesOfTime))
  const plannedAfter = check.times?.plannedAfter === undefined ? Infinity : minutesOfTime(check.times.plannedAfter)
  for (const sentence of document.sentences) {
    if (check.times !== undefined) {
      for (const { minutes, written } of timesIn(sentence.text)) {
        if (known.has(minutes)) seen.add(`t${minutes}`)
        else if (minutes <= plannedAfter) faults.push({ line: sentence.line, text: `${written} is no time of this incident: ${quote(sentence)}` })
      }
    }
    for (const [index, { units, values }] of check.amounts.entries()) {
      const amount = regexOf(`(?<![\\d.,:])(\\d[\\d,]*(?:\\.\\d+)?)[\\s-]*${anyUnit(units)}`)
      for (const found of sentence.text.matchAll(new RegExp(amount.source, 'giu'))) {
        const value = Number((found[1] ?? '').replaceAll(',', ''))
        if (values.includes(value)) seen.add(`a${index} ${value}`)
        else faults.push({ line: sentence.line, text: `"${found[0]}" is not what the scenario says: ${quote(sentence)}` })
      }
    }
  }
  const [first] = faults
  const evidence = [`${seen.size} figures of the scenario; at least ${check.min}.`, ...faults.map(({ text }) => text)]
  return { passed: first === undefined && seen.size >= check.min, share: first === undefined ? Math.min(1, seen.size / check.min) : 0, evidence, ...(first === undefined ? {} : { line: first.line }) }
}

/** Units as whole words; a sign such as % stands for itself. */
function anyUnit(units: readonly string[]): string {
  const words = units.filter((unit) => /^\w/.test(unit))
  const signs = units.filter((unit) => !/^\w/.test(unit))
  return `(?:${[...(words.length > 0 ? [`(?:${words.join('|')})\\b`] : []), ...(signs.length > 0 ? [anyNameOf(signs)] : [])].join('|')})`
}
