/** What a play was worth, with the numbers that it is made of. */
import type { Played } from './play.ts'
import type { Incident } from './read-incident.ts'
import type { Act } from './schema.ts'

/** The score card of one play; seconds count from the page. */
export interface ScoreCard {
  readonly incident: string
  /** What made it harder; null for nothing. */
  readonly mode: Incident['mode']
  readonly restored: boolean
  readonly acknowledgedSeconds: number | null
  readonly mitigatedSeconds: number | null
  readonly resolvedSeconds: number | null
  readonly requests: number
  readonly failedRequests: number
  /** Share of the error budget of the whole window: 1 is all of it. */
  readonly errorBudgetBurned: number
  /** What the failed requests cost; null where the incident names no price. */
  readonly cost: { readonly amount: number; readonly currency: string } | null
  readonly actions: readonly { readonly atSeconds: number; readonly act: Act; readonly verdict: 'right' | 'needless' | 'harmful' | 'refused' | 'not judged'; readonly because: string }[]
  readonly harmful: number
  readonly needless: number
}

/** Scores a play. The budget is that of the window's days at the traffic of this shift. */
export function scorePlay({ spec, mode }: Incident, played: Played): ScoreCard {
  const { pageUs, acknowledgedUs, mitigatedUs, restoredUs, good, total } = played
  const { target, days, cost } = spec.budget
  const seconds = (us: number | null): number | null => (us === null ? null : (us - pageUs) / 1e6)
  const failedRequests = total - good
  const shiftUs = played.endUs - spec.history
  const allowed = (1 - target) * total * ((days * 86_400e6) / shiftUs)
  const actions = played.acts.map(({ atUs, act, refused }) => {
    const judged = judgedAct(spec.actions, act)
    return { atSeconds: (atUs - pageUs) / 1e6, act, verdict: refused === null ? (judged?.verdict ?? ('not judged' as const)) : ('refused' as const), because: refused ?? judged?.because ?? '' }
  })
  return {
    incident: spec.id,
    mode,
    restored: restoredUs !== null,
    acknowledgedSeconds: seconds(acknowledgedUs),
    mitigatedSeconds: seconds(mitigatedUs),
    resolvedSeconds: seconds(restoredUs),
    requests: total,
    failedRequests,
    errorBudgetBurned: allowed === 0 ? 0 : failedRequests / allowed,
    cost: cost === undefined ? null : { amount: failedRequests * cost.amount, currency: cost.currency },
    actions,
    harmful: actions.filter(({ verdict }) => verdict === 'harmful').length,
    needless: actions.filter(({ verdict }) => verdict === 'needless').length,
  }
}

/**
 * The judgement of an action: of the very same one where there is one, else of the first with its name, target and names
 * of arguments. How far a dial is turned does not make it another action.
 */
export function judgedAct<Judged extends { readonly act: Act }>(judged: readonly Judged[], done: Act): Judged | undefined {
  const alike = judged.filter(({ act }) => act.action === done.action && act.target === done.target && Object.keys(act).every((key) => key in done))
  return alike.find(({ act }) => Object.entries(act).every(([key, value]) => String(done[key]) === String(value))) ?? alike[0]
}
