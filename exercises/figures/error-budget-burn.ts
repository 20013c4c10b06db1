/** The alerts of Google, "The Site Reliability Workbook" (2018), chapter 5: multiwindow, multi-burn-rate alerts. */
export const burnAlerts = [
  { name: 'Page: 2% in 1 h', share: 0.02, hours: 1, shortMinutes: 5, page: true },
  { name: 'Page: 5% in 6 h', share: 0.05, hours: 6, shortMinutes: 30, page: true },
  { name: 'Ticket: 10% in 3 days', share: 0.1, hours: 72, shortMinutes: 360, page: false },
] as const

export interface Burn {
  /** Times faster than a budget that lasts exactly the window. */
  rate: number
  budgetMinutes: number
  exhaustedHours: number
  alerts: { name: string; page: boolean; burn: number; afterMinutes: number | null }[]
}

/**
 * How fast an error budget goes: burn rate = error share / (1 - SLO); a full budget lasts window / burn rate. An alert
 * on `share` of the budget in a window of w hours fires at burn >= share × window / w, after share × window / burn of a
 * steady error share that began at 0 (the long window decides: it fills last). Source: as above.
 */
export function burnBudget({ slo, windowDays, errorPercent, spentPercent }: { slo: number; windowDays: number; errorPercent: number; spentPercent: number }): Burn {
  const budget = 1 - slo / 100
  const windowHours = windowDays * 24
  const rate = errorPercent / 100 / budget
  return {
    rate,
    budgetMinutes: budget * windowHours * 60,
    exhaustedHours: ((1 - spentPercent / 100) * windowHours) / rate,
    alerts: burnAlerts.map(({ name, share, hours, page }) => {
      const burn = (share * windowHours) / hours
      // A hair of tolerance: an error share typed to meet the threshold should.
      return { name, page, burn, afterMinutes: rate >= burn * (1 - 1e-9) ? ((share * windowHours) / rate) * 60 : null }
    }),
  }
}
