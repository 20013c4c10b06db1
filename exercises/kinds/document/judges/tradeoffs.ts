/** Judges trade-offs: what is gained and what is paid, each tied to what matters here. */
import type { Judgement } from '../../../core/judgement.ts'
import { quote } from '../judgement.ts'
import { matchesAny } from '../patterns.ts'
import type { DocumentCheckOf } from '../schema.ts'
import type { DocumentText } from '../text.ts'
import { isWithin, wordsOf } from '../text.ts'
import { cellsOf, withHeads } from './entries.ts'
import type { Entry } from './entries.ts'

const gainWords = '(?:positives?|pros?|gains?|benefits?|upsides?|advantages?|better|good|what we (?:gain|get)|we (?:gain|get)|easier)'
const costWords = '(?:negatives?|cons?|costs?|drawbacks?|downsides?|disadvantages?|risks?|worse|bad|price|trade-?offs?|what (?:we pay|it costs)|we (?:pay|lose|accept|give up)|harder)'
const sides = [
  { name: 'gain', head: new RegExp(`^${gainWords}\\b|\\b(?:positive|good) consequences\\b`, 'i'), lead: new RegExp(`^(?:\\+\\s|${gainWords}\\b\\s*[:,|(-]|${gainWords}\\b(?= because| that| is| are| from|: ))|^we (?:gain|get)\\b`, 'i') },
  { name: 'cost', head: new RegExp(`^${costWords}\\b|\\b(?:negative|bad) consequences\\b`, 'i'), lead: new RegExp(`^(?:[-\u2212\u2013]\\s|${costWords}\\b\\s*[:,|(-]|${costWords}\\b(?= because| that| is| are| from|: ))|^we (?:pay|lose|accept|give up)\\b`, 'i') },
] as const
type Side = (typeof sides)[number]['name']

interface Claim {
  side: Side
  text: string
  line: number
}

export function judgeTradeoffs(check: DocumentCheckOf<'tradeoffs'>, document: DocumentText): Judgement {
  const claims = claimsOf(document)
  const judged = sides.map(({ name }) => {
    const own = claims.filter(({ side }) => side === name)
    const tied = own.map((claim) => ({ claim, drivers: check.drivers.filter(({ any }) => matchesAny(claim.text, any)).map(({ id }) => id) }))
    const sound = tied.filter(({ claim, drivers }) => drivers.length > 0 && wordsOf(claim.text).length >= 4)
    const drivers = new Set(sound.flatMap((one) => one.drivers))
    return { name, own, tied, sound, drivers, isMet: sound.length >= check.min && drivers.size >= check.minDrivers }
  })
  const evidence = judged.flatMap(({ name, tied, sound, drivers, isMet }) => [
    `${sound.length} ${name}${sound.length === 1 ? '' : 's'} tied to a driver; at least ${check.min}${drivers.size < check.minDrivers ? `, about ${check.minDrivers} different drivers (${[...drivers].join(', ') || 'none'} so far)` : ''}.`,
    ...tied.map((one) => (sound.includes(one) ? `Counts: ${quote(one.claim)}` : `${wordsOf(one.claim.text).length < 4 ? 'Says too little' : 'Tied to nothing in the brief'}: ${quote(one.claim)}`)),
    ...(tied.length === 0 && !isMet ? [`Nothing is marked as a ${name}. Put them under a heading, or begin each with a word such as "${name === 'gain' ? 'Positive' : 'Negative'}:".`] : []),
  ])
  const share = judged.reduce((sum, { sound, isMet }) => sum + (isMet ? 1 : Math.min(0.9, sound.length / check.min)), 0) / sides.length
  const line = judged.find(({ isMet }) => !isMet)?.own[0]?.line
  return { passed: judged.every(({ isMet }) => isMet), share, evidence, ...(line === undefined ? {} : { line }) }
}

function claimsOf(document: DocumentText): Claim[] {
  const headed = document.sections.map((section) => ({ section, side: sides.find(({ head }) => head.test(section.name))?.name }))
  const sideOf = (line: Entry): Side | undefined => headed.find(({ section, side }) => side !== undefined && isWithin(document, line.section, section))?.side
  const prose = document.sentences.filter(({ kind }) => kind === 'prose').map((sentence): Entry => ({ ...sentence, head: [] }))
  const lines = withHeads(document.lines.filter(({ kind }) => kind === 'item' || kind === 'row'))
  return [...prose, ...lines].flatMap((line): Claim[] => {
    const columns = cellsOf(line.text)
    const byColumn = line.head.flatMap((head, column) => {
      const side = sides.find((one) => one.head.test(head.trim()) || (one.name === 'gain' ? head === '+' : head === '-'))?.name
      const text = columns[column]
      return side === undefined || text === undefined || text === '' ? [] : [{ side, text, line: line.line }]
    })
    if (byColumn.length > 0) return byColumn
    const side = sides.find(({ lead }) => lead.test(line.text))?.name ?? sideOf(line)
    return side === undefined ? [] : [{ side, text: line.text, line: line.line }]
  })
}
