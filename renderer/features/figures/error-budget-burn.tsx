import type { ReactNode } from 'react'
import { burnBudget } from '../../../exercises/figures/error-budget-burn.ts'
import type { FigureProps } from './index.ts'
import { Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { durationText, numberText, percentText } from './kit/number-text.ts'
import { Plot } from './kit/plot.tsx'
import { useFigure } from './kit/use-figure.ts'

/** What is left of an error budget at a steady burn, and who is told when. */
export default function ErrorBudgetBurn(props: FigureProps): ReactNode {
  const figure = useFigure('error-budget-burn', props)
  const { slo, windowDays, errorPercent, spentPercent } = figure.values
  const burn = burnBudget(figure.values)
  const windowHours = windowDays * 24
  const left = 100 - spentPercent
  const goneMs = burn.exhaustedHours * 3_600_000
  const pages = burn.alerts.filter(({ page, afterMinutes }) => page && afterMinutes !== null).map(({ afterMinutes }) => afterMinutes ?? 0)
  const firstPage = pages.length === 0 ? 0 : Math.min(...pages)
  const spanHours = Math.min(windowHours, Math.max(burn.exhaustedHours * 1.25, 0.05))
  const inDays = spanHours > 96
  const unitHours = inDays ? 24 : spanHours < 2 ? 1 / 60 : 1
  const lasts = burn.exhaustedHours >= windowHours
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="slo" />
          <Slider of={figure} name="windowDays" />
          <Slider of={figure} name="errorPercent" />
          <Slider of={figure} name="spentPercent" />
        </>
      }
      readouts={[
        { label: 'Burn rate', value: `${numberText(burn.rate)} ×`, ...(lasts ? {} : { tone: burn.rate >= 14.4 ? ('crit' as const) : ('warn' as const), word: 'too fast' }) },
        { label: 'Budget of the window', value: `${durationText(burn.budgetMinutes * 60_000)} of outage` },
        { label: 'Budget gone in', value: durationText(goneMs) },
        { label: 'First page after', value: firstPage === 0 ? 'no page' : durationText(firstPage * 60_000) },
      ]}
      summary={`${percentText(errorPercent)} of requests failing burns the budget of a ${percentText(slo)} SLO ${numberText(burn.rate)} times as fast as it may go. ${left === 0 ? 'It is already gone.' : `${left === 100 ? 'All of it' : `The ${percentText(left)} that is left`} ${lasts ? `would last ${durationText(goneMs)}, at least as long as the window` : `is gone in ${durationText(goneMs)}`}.`} ${firstPage === 0 ? 'No burn-rate alert pages.' : `The first page comes after ${durationText(firstPage * 60_000)}, if the errors began at once from none.`}`}
      readings={{ burnRate: burn.rate, exhaustedHours: burn.exhaustedHours, budgetMinutes: burn.budgetMinutes, pageMinutes: firstPage }}
      note="Burn rate = share of failures / (1 − SLO). Alerts as in The Site Reliability Workbook, chapter 5: 2% of the budget in 1 h and 5% in 6 h page, 10% in 3 days opens a ticket; the short windows only decide how soon an alert stops. Steady traffic and a steady share of failures; with little traffic single failures move the rate a lot."
    >
      <Plot
        label="Error budget left over time"
        x={{ title: inDays ? 'Days from now' : spanHours < 2 ? 'Minutes from now' : 'Hours from now', from: 0, to: spanHours / unitHours, format: (value) => numberText(value) }}
        y={{ title: 'Budget left, %', from: 0, to: 100 }}
        lines={[
          {
            name: 'left',
            tone: 1,
            filled: true,
            points: [
              [0, left],
              [Math.min(spanHours, burn.exhaustedHours) / unitHours, Math.max(0, left * (1 - spanHours / burn.exhaustedHours))],
              [spanHours / unitHours, Math.max(0, left * (1 - spanHours / burn.exhaustedHours))],
            ],
          },
        ]}
        rules={burn.alerts.flatMap(({ name, afterMinutes }, row) => (afterMinutes === null || afterMinutes > spanHours * 60 ? [] : [{ axis: 'x' as const, at: afterMinutes / 60 / unitHours, label: name, row }]))}
        height={220}
      />
    </FigureFrame>
  )
}
