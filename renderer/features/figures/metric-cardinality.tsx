import type { ReactNode } from 'react'
import { countSeries } from '../../../exercises/figures/metric-cardinality.ts'
import type { FigureProps } from './index.ts'
import { Bars } from './kit/bars.tsx'
import { Choice, Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { countText, numberText } from './kit/number-text.ts'
import { useFigure } from './kit/use-figure.ts'

/** Series that the labels of one metric make. */
export default function MetricCardinality(props: FigureProps): ReactNode {
  const figure = useFigure('metric-cardinality', props)
  const { methods, routes, statuses, pods, users, usedPercent, kind, seriesKib } = figure.values
  const now = countSeries({ labels: { methods, routes, statuses, pods, users }, usedPercent, kind, seriesKib })
  const memory = now.memoryMib >= 1024 ? `${numberText(now.memoryMib / 1024)} GiB` : `${numberText(now.memoryMib)} MiB`
  const labels = [
    { label: 'method', count: methods },
    { label: 'route', count: routes },
    { label: 'status', count: statuses },
    { label: 'pod', count: pods },
    ...(users > 1 ? [{ label: 'user_id', count: users }] : []),
  ]
  let product = 1
  const grown = labels.map(({ label, count }) => {
    product *= count
    return { label: `× ${label}`, product }
  })
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="methods" />
          <Slider of={figure} name="routes" />
          <Slider of={figure} name="statuses" />
          <Slider of={figure} name="pods" />
          <Slider of={figure} name="users" />
          <Slider of={figure} name="usedPercent" />
          <Slider of={figure} name="seriesKib" />
          <Choice of={figure} name="kind" />
        </>
      }
      readouts={[
        { label: 'Combinations that occur', value: numberText(now.combinations, 4) },
        { label: 'Series for each', value: numberText(now.perCombination) },
        { label: 'Time series', value: numberText(now.series, 4), ...(now.series >= 1_000_000 ? { tone: 'crit' as const, word: 'over a million' } : {}) },
        { label: 'Memory', value: memory },
      ]}
      summary={`${labels.map(({ count }) => numberText(count)).join(' × ')} label values allow ${numberText(product, 4)} combinations; ${numberText(usedPercent)}% of them occur: ${countText(now.series, 'series', 'series')} and ${memory} for one metric${users > 1 ? `. Without user_id it would be ${numberText(countSeries({ labels: { methods, routes, statuses, pods, users: 1 }, usedPercent, kind, seriesKib }).series, 4)}` : ''}.`}
      readings={{ series: now.series, memoryMib: now.memoryMib }}
      note="One series for each combination of label values that occurs; a classic Prometheus histogram with 11 buckets makes 14 of each (+Inf, sum and count too). Memory of one series differs by server and by labels: measure it as resident memory / series in the head. Replaced pods leave their old series in the head for up to some hours."
    >
      <Bars title="Combinations as labels are added (logarithmic)" most={Math.log10(Math.max(10, product))} bars={grown.map(({ label, product: so }) => ({ label, value: Math.log10(Math.max(1.05, so)), text: numberText(so, 4), tone: label === '× user_id' ? 2 : 1 }))} />
    </FigureFrame>
  )
}
