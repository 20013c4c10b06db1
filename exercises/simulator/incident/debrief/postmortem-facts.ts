/** What a postmortem of a shift is held against: figures, words and times that the shift itself produced. */
import type { Debrief } from './debrief.ts'

/** `14:05` of simulation time, in UTC. */
export function minuteOf(epochMs: number, us: number): string {
  return new Date(epochMs + us / 1000).toISOString().slice(11, 16)
}

/** Words that every text has, and that tell no cause. */
const common = new Set('that this with from what which while when where their there they have been into than then also does only each more most some such other after before would could should because between against about have every longer never always since once again release takes take next with'.split(' '))

/** Beginnings of the words that tell one text from others, so that "holding" and "held" count where "hold" is meant. */
export function tellingStems(label: string, others: readonly string[]): readonly string[] {
  const stems = (text: string): readonly string[] => (text.toLowerCase().match(/[a-z]{4,}/g) ?? []).filter((word) => !common.has(word)).map((word) => word.slice(0, Math.max(4, Math.min(6, word.length - 1))))
  const taken = new Set(others.flatMap(stems))
  const own = [...new Set(stems(label))]
  const telling = own.filter((stem) => !taken.has(stem))
  return (telling.length >= 2 ? telling : own).slice(0, 10)
}

/** Patterns for a sentence with any two of the stems. */
export function twoOf(stems: readonly string[]): readonly string[] {
  const [only] = stems
  if (only !== undefined && stems.length === 1) return [`\\b${escaped(only)}`]
  return stems.flatMap((one, index) => stems.slice(index + 1).map((other) => `^(?=.{0,400}\\b${escaped(one)})(?=.{0,400}\\b${escaped(other)})`))
}

/** Patterns for a number as it is, or rounded to two or three digits: "13,842", "13,800", "about 14,000", "14k". */
export function numberPatterns(value: number): readonly string[] {
  const rounded = [value, ...[2, 3].map((digits) => Number(value.toPrecision(digits)))]
  return [...new Set(rounded)].flatMap((amount) => {
    const grouped = String(amount).replaceAll(/\B(?=(\d{3})+(?!\d))/g, '[, ]?')
    return [`(?<![\\d.,])${grouped}(?!\\d|[.,]\\d)`, ...(amount >= 1_000 && amount % 100 === 0 ? [`(?<![\\d.,])${escaped(String(amount / 1_000))} ?k\\b`] : [])]
  })
}

/** Patterns for a length in minutes, rounded either way, or as minutes and seconds. */
export function lengthPatterns(us: number): readonly string[] {
  const minutes = us / 60e6
  return [...new Set([Math.floor(minutes), Math.ceil(minutes)])].map((whole) => `(?<![\\d.,:])${String(whole)}(?:[.,]\\d+)?[\\s-]*min`)
}

/** Words for what set an incident off. */
export function triggerPatterns({ onset, component }: Debrief['truth']): readonly string[] {
  const changed = /^change:(.+)$/.exec(onset)?.[1]
  if (changed !== undefined) return [`\\b${escaped(changed)}\\b`]
  switch (onset) {
    case 'outside':
      return ['\\b(?:provider|third part|outside|extern|partner|upstream|vendor|supplier|depend|network|not ours)']
    case 'load':
      return ['\\b(?:traffic|load|requests|users|visitors|arriv|peak|burst|spike|campaign|sale)']
    case 'growth':
      return ['\\b(?:grew|grow|growth|size|rows|volume|data)']
    case 'time':
      return ['\\b(?:expir|ran out|ran full|filled|full|deadline|hour|midnight|date|time)']
    case 'nothing':
      return ['\\b(?:false|alert|threshold|rule|nothing|noise|no fault|healthy|well)']
    default:
      return [`\\b${escaped(component)}\\b`]
  }
}

export function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
