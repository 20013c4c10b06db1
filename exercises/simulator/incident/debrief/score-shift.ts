/** What a shift was worth: how it was worked and what came of it, apart, each as a sum that can be read. */
import { judgedAct } from '../score.ts'
import type { Incident } from '../read-incident.ts'
import type { Notebook, ShiftEntry, ShiftLevel } from '../shift/index.ts'
import { firstUpdateUs, updateEveryUs } from '../shift/index.ts'
import type { JudgedEvidence } from './evidence.ts'
import type { JudgedMessage } from './messages.ts'
import type { Outcome } from './outcome.ts'
import { thousands } from '../../../core/thousands.ts'

/** One line of a score. */
export interface ScoreLine {
  readonly id: string
  readonly label: string
  readonly earned: number
  readonly points: number
  /** The arithmetic, or what was seen, in a sentence. */
  readonly because: string
}

/** What a shift's work is scored by. */
export interface ProcessFacts {
  readonly incident: Incident
  readonly level: ShiftLevel
  readonly pageUs: number
  readonly entries: readonly ShiftEntry[]
  readonly notebook: Notebook
  readonly evidence: JudgedEvidence
  readonly messages: readonly JudgedMessage[]
  readonly mine: Outcome
}

/** What came of it is scored by the same world under three hands. */
export interface OutcomeFacts {
  readonly incident: Incident
  readonly pageUs: number
  readonly mine: Outcome
  readonly nobody: Outcome
  readonly expert: Outcome
}

/** A page is answered within this time. */
const acknowledgeUs = 5 * 60_000_000
/** A harmful action costs this many points of the process, a needless one this many. */
const harmfulCost = 1
const needlessCost = 0.5
/** Hypotheses about more parts than this single none out. */
const mostNamed = 3

/** How a shift that has ended was worked: earned over points, 0..1, and its lines. */
export function scoreProcess(facts: ProcessFacts): { readonly process: number; readonly processLines: readonly ScoreLine[] } {
  const processLines = [acknowledgement(facts), evidenceLine(facts), causeLine(facts), confidenceLine(facts), care(facts), communication(facts), messageLine(facts), ...secondLine(facts), ...help(facts)]
  return { process: shareOf(processLines), processLines }
}

/** What came of it, in the same way. */
export function scoreOutcome(facts: OutcomeFacts): { readonly outcome: number; readonly outcomeLines: readonly ScoreLine[] } {
  const outcomeLines = [restored(facts), saved(facts)]
  return { outcome: shareOf(outcomeLines), outcomeLines }
}

function shareOf(lines: readonly ScoreLine[]): number {
  const points = lines.reduce((sum, line) => sum + line.points, 0)
  const earned = lines.reduce((sum, line) => sum + line.earned, 0)
  return points === 0 ? 0 : Math.max(0, Math.min(1, earned / points))
}

function acknowledgement({ pageUs, notebook: { acknowledgedUs } }: ProcessFacts): ScoreLine {
  const base = { id: 'acknowledge', label: 'Answered the page', points: 1 }
  if (acknowledgedUs === null) return { ...base, earned: 0, because: 'The page was never acknowledged, so a second engineer was woken.' }
  const tookUs = acknowledgedUs - pageUs
  return { ...base, earned: tookUs <= acknowledgeUs ? 1 : 0.5, because: `Acknowledged ${minutes(tookUs)} after the page; ${minutes(acknowledgeUs)} is the limit before it goes to somebody else.` }
}

function evidenceLine({ incident: { spec }, evidence }: ProcessFacts): ScoreLine {
  const all = spec.rivals.length
  const telling = evidence.pins.filter(({ shows }) => shows.length > 0).length
  return {
    id: 'evidence', label: 'Evidence that tells the cause from its rivals', points: 3, earned: all === 0 ? 3 : (3 * evidence.excluded.length) / all,
    because: `${count(telling, 'pin')} of ${String(evidence.pins.length)} ${telling === 1 ? 'shows' : 'show'} the cause; together they exclude ${String(evidence.excluded.length)} of ${count(all, 'rival')}.`,
  }
}

function causeLine({ incident: { spec }, notebook: { diagnosis } }: ProcessFacts): ScoreLine {
  const base = { id: 'cause', label: 'Named the cause', points: 3 }
  if (diagnosis === null) return { ...base, earned: 0, because: 'No diagnosis was handed over.' }
  const parts = [
    { right: diagnosis.cause === 'cause', words: 'mechanism' },
    { right: diagnosis.component === spec.truth.component, words: 'component' },
    { right: [spec.truth.onset, ...spec.truth['onset-also']].includes(diagnosis.trigger), words: 'trigger' },
  ]
  const right = parts.filter((part) => part.right)
  return { ...base, earned: right.length, because: right.length === 3 ? 'Mechanism, component and trigger are right.' : right.length === 0 ? 'Neither mechanism, component nor trigger is right.' : `Right: ${right.map(({ words }) => words).join(' and ')}. Not right: ${parts.filter((part) => !part.right).map(({ words }) => words).join(' and ')}.` }
}

/** Brier's score of one statement: (stated - true)^2, 0 for a sure and right one, 1 for a sure and wrong one. */
function confidenceLine({ notebook: { diagnosis } }: ProcessFacts): ScoreLine {
  const base = { id: 'confidence', label: 'Said how sure', points: 1 }
  if (diagnosis === null) return { ...base, earned: 0, because: 'No confidence was stated.' }
  const isRight = diagnosis.cause === 'cause'
  const brier = (diagnosis.confidence / 100 - (isRight ? 1 : 0)) ** 2
  return { ...base, earned: 1 - brier, because: `${String(diagnosis.confidence)}% sure and ${isRight ? 'right' : 'wrong'}: 1 - (${(diagnosis.confidence / 100).toFixed(2)} - ${isRight ? '1' : '0'})^2 = ${(1 - brier).toFixed(2)}.` }
}

function care({ incident: { spec, second }, entries }: ProcessFacts): ScoreLine {
  const acts = entries.flatMap((entry) => (entry.type === 'acted' && entry.refused === null ? [entry.act] : []))
  // In a false alarm nothing has to be done, so what the incident does not list is needless as well.
  const unlisted = spec.kind === 'false-alarm' ? 'needless' : undefined
  const verdicts = acts.map((act) => judgedAct(spec.actions, act)?.verdict ?? (act.target === second?.component ? undefined : unlisted))
  const harmful = verdicts.filter((verdict) => verdict === 'harmful').length
  const needless = verdicts.filter((verdict) => verdict === 'needless').length
  const earned = Math.max(0, 2 - harmful * harmfulCost - needless * needlessCost)
  return { id: 'care', label: 'Did no harm and nothing needless', points: 2, earned, because: harmful + needless === 0 ? `${count(acts.length, 'action')}, none harmful and none needless.` : `2 - ${String(harmful)} harmful x ${String(harmfulCost)} - ${String(needless)} needless x ${String(needlessCost)} = ${String(earned)}.` }
}

function communication({ notebook, pageUs, mine }: ProcessFacts): ScoreLine {
  const base = { id: 'communication', label: 'Kept people informed', points: 2 }
  const times = notebook.messages.map(({ atUs }) => atUs)
  const [first] = times
  if (first === undefined) return { ...base, earned: 0, because: 'Nobody outside heard anything.' }
  const inTime = first - (notebook.acknowledgedUs ?? pageUs) <= firstUpdateUs
  // People wait until somebody says that it is over, as the room's own count does; a page that nobody closed goes to the hand-over.
  const closedUs = notebook.messages.find(({ phase }) => phase === 'resolved')?.atUs
  const endUs = closedUs ?? notebook.endedUs ?? mine.restoredUs ?? first
  const gaps = [...times.filter((at) => at <= endUs), Math.max(endUs, first)].map((at, index, all) => at - (index === 0 ? at : (all[index - 1] ?? at)))
  const longest = Math.max(0, ...gaps)
  const steady = longest <= updateEveryUs
  return { ...base, earned: (inTime ? 1 : 0) + (steady ? 1 : 0), because: `First message ${minutes(first - pageUs)} after the page (limit ${minutes(firstUpdateUs)} after the acknowledgement), longest silence from then until ${closedUs === undefined ? 'the hand-over' : 'it was called resolved'} ${minutes(longest)} (limit ${minutes(updateEveryUs)}).` }
}

/**
 * Half for the channel of those who work on it, half for the status page; each the share of its messages that are sound.
 * Of a false alarm the public is not told: there the channel is everything, and a post on the page costs half.
 */
function messageLine({ incident, messages }: ProcessFacts): ScoreLine {
  const base = { id: 'messages', label: 'Said what readers need', points: 2 }
  const sound = (channel: JudgedMessage['message']['channel']): { earned: number; words: string } => {
    const own = messages.filter(({ message }) => message.channel === channel)
    const name = channel === 'incident' ? 'incident channel' : 'status page'
    if (own.length === 0) return { earned: 0, words: `nothing on the ${name}` }
    const good = own.filter(({ faults }) => faults.length === 0).length
    return { earned: good / own.length, words: `${String(good)} of ${count(own.length, 'message')} on the ${name} without fault` }
  }
  const [channel, page] = [sound('incident'), sound('status-page')]
  if (incident.spec.kind === 'false-alarm') {
    const isQuiet = !messages.some(({ message }) => message.channel === 'status-page')
    return { ...base, earned: channel.earned * (isQuiet ? 2 : 1), because: `${capital(channel.words)}, ${isQuiet ? 'and nobody outside was alarmed' : 'and the status page told users of an outage that was none'}.` }
  }
  return { ...base, earned: channel.earned + page.earned, because: `${capital(channel.words)}, ${page.words}.` }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The second fault is on top: who finds it is credited, and who does not loses nothing. Who names every part has found none. */
function secondLine({ incident: { second }, notebook }: ProcessFacts): readonly ScoreLine[] {
  if (second === null) return []
  const named = new Set(notebook.hypotheses.map(({ component }) => component).filter((component) => component !== ''))
  const isFound = named.has(second.component) && named.size <= mostNamed
  const points = isFound ? 1 : 0
  const because = isFound ? 'A hypothesis of the notebook names its part.' : `It was there: ${second.label}. ${named.has(second.component) ? `The notebook names ${String(named.size)} parts, of which it is one.` : 'No hypothesis of the notebook names its part.'} That costs nothing.`
  return [{ id: 'second', label: 'Found the second fault', points, earned: points, because }]
}

function help({ level, notebook }: ProcessFacts): readonly ScoreLine[] {
  if (level !== 'assisted' || notebook.hints.length === 0) return []
  const cost = notebook.hints.reduce((sum, hint) => sum + hint.cost, 0)
  return [{ id: 'hints', label: 'Hints', points: 0, earned: -cost, because: `${count(notebook.hints.length, 'hint')} taken.` }]
}

function restored({ incident: { spec }, pageUs, mine }: OutcomeFacts): ScoreLine {
  const base = { id: 'restored', label: spec.objective.label, points: 2 }
  if (mine.restoredUs === null || mine.mitigatedUs === null) return { ...base, earned: 0, because: 'The objective was not met again for long enough before the end.' }
  const inTime = mine.restoredUs - pageUs <= spec.objective.within
  if (mine.mitigatedUs <= pageUs) return { ...base, earned: 2, because: 'It held at the page, and throughout.' }
  if (spec.kind === 'false-alarm') return { ...base, earned: 1, because: `It held at the page, was broken by what was done, and held again from ${minutes(mine.mitigatedUs - pageUs)} after the page.` }
  return { ...base, earned: inTime ? 2 : 1, because: `Met from ${minutes(mine.mitigatedUs - pageUs)} after the page and held; the limit is ${minutes(spec.objective.within)}.` }
}

/** Of the failures that could be avoided, as the expert shows, the share that was. */
function saved({ mine, nobody, expert }: OutcomeFacts): ScoreLine {
  const base = { id: 'saved', label: 'Requests that did not fail', points: 3 }
  const avoidable = nobody.failed - expert.failed
  if (nobody.failed === 0 && mine.failed === 0) return { ...base, earned: 3, because: 'No request failed, with you or with nobody.' }
  if (avoidable <= 0) return { ...base, earned: mine.failed <= nobody.failed ? 3 : 0, because: `${thousands(mine.failed)} requests failed; with nobody acting it would have been ${thousands(nobody.failed)}.` }
  const share = Math.max(0, Math.min(1, (nobody.failed - mine.failed) / avoidable))
  return { ...base, earned: 3 * share, because: `Nobody acting: ${thousands(nobody.failed)} failed. You: ${thousands(mine.failed)}. The expert: ${thousands(expert.failed)}. You saved ${String(Math.round(share * 100))}% of what could be saved.` }
}

function minutes(us: number): string {
  const seconds = Math.round(us / 1e6)
  return seconds < 60 ? `${String(seconds)} s` : seconds % 60 === 0 ? `${String(seconds / 60)} min` : `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`
}

function count(amount: number, noun: string): string {
  return `${String(amount)} ${noun}${amount === 1 ? '' : 's'}`
}
