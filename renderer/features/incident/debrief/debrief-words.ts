/** Numbers and names of a debrief in words. */
import type { Debrief, JudgedAct } from '../../../../exercises/simulator/incident/debrief/index.ts'
import type { StatusState } from '../../../ui/index.ts'

/** `12,345`. */
export const thousands = (amount: number): string => amount.toLocaleString('en')

/** A share with two significant digits below ten per cent: `0.34%`, `7.2%`, `64%`. */
export function shareText(share: number): string {
  const value = share * 100
  return `${value >= 10 || value === 0 ? String(Math.round(value)) : String(Number(value.toPrecision(2)))}%`
}

/** Whole units of money, as in `23,736 EUR`. */
export function moneyText(cost: NonNullable<Debrief['cost']>, failed: number): string {
  return `${thousands(Math.round(cost.amount * failed))} ${cost.currency}`
}

/** A cause by the id of a choice, as the room offered it; free words stay what they are. */
export function causeText(truth: Debrief['truth'], id: string): string {
  return id === 'cause' ? truth.offered : (truth.rivals.find((rival) => rival.id === id)?.label ?? id)
}

export const verdictStates: Readonly<Record<JudgedAct['verdict'], StatusState>> = { right: 'ok', needless: 'warn', harmful: 'crit', refused: 'unknown', 'not judged': 'unknown' }
export const verdictWords: Readonly<Record<JudgedAct['verdict'], string>> = { right: 'Right', needless: 'Needless', harmful: 'Harmful', refused: 'Refused', 'not judged': 'Not judged' }
export const kindWords: Readonly<Record<string, string>> = { promql: 'metrics', logql: 'logs', log: 'log line', trace: 'traces', span: 'span', change: 'changes', alert: 'alert', command: 'command' }

/** Whether the system is as nobody would have left it: nothing was done, or all of it was refused. */
export function isUntouched(acts: readonly Pick<JudgedAct, 'verdict'>[]): boolean {
  return acts.every(({ verdict }) => verdict === 'refused')
}
