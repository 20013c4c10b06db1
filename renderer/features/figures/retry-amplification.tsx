import type { ReactNode } from 'react'
import { attemptsAt, retryTiers } from '../../../exercises/figures/retry-amplification.ts'
import type { FigureProps } from './index.ts'
import { Bars } from './kit/bars.tsx'
import { Choice, Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { countText, numberText, percentText } from './kit/number-text.ts'
import { useFigure } from './kit/use-figure.ts'

/** Calls that reach the dependency when tiers retry. */
export default function RetryAmplification(props: FigureProps): ReactNode {
  const figure = useFigure('retry-amplification', props)
  const { rate, tiers, retries, failPercent, where } = figure.values
  const attempts = attemptsAt({ tiers, retries, where })
  const found = retryTiers(attempts, failPercent / 100)
  const names = Array.from({ length: tiers + 1 }, (_, tier) => (tier === 0 ? 'Edge' : tier === tiers ? 'Dependency' : `Tier ${tier + 1}`))
  const arriving = [1, ...found.tiers.map(({ calls }) => calls)]
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="tiers" />
          <Slider of={figure} name="retries" />
          <Slider of={figure} name="failPercent" />
          <Slider of={figure} name="rate" />
          <Choice of={figure} name="where" />
        </>
      }
      readouts={[
        { label: 'Calls for one request', value: numberText(found.calls), ...(found.calls >= 3 ? { tone: 'warn' as const, word: 'amplified' } : {}) },
        { label: 'Calls to the dependency', value: `${numberText(rate * found.calls)}/s` },
        { label: 'Requests that succeed', value: percentText(found.success * 100) },
      ]}
      summary={`${numberText(rate)} user requests a second become ${numberText(rate * found.calls)} calls a second at the dependency, ${numberText(found.calls)} for each. ${percentText(found.success * 100)} of the requests succeed${failPercent === 100 && retries > 0 ? ': the retries bring load and nothing else' : ''}.`}
      readings={{ calls: found.calls, leafRate: rate * found.calls, successPercent: found.success * 100 }}
      note="A tier with n attempts makes (1 − qⁿ)/(1 − q) calls, q the share that fails; when all fail that is n at each tier, so nᵗ at the end of t tiers. Failures are independent and the dependency’s share of failures stays as set: in truth it rises with the load. Back-off spreads the calls over time and does not make them fewer; a retry budget does."
    >
      <Bars title={`Calls a second that arrive at each tier, for ${countText(rate, 'user request')} a second`} most={rate * found.calls} bars={arriving.map((calls, tier) => ({ label: names[tier] ?? '', value: rate * calls, text: `${numberText(rate * calls)}/s`, tone: tier === tiers ? 2 : 1 }))} />
    </FigureFrame>
  )
}
