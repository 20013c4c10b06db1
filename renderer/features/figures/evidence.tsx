import type { ReactNode } from 'react'
import { weighEvidence } from '../../../exercises/figures/evidence.ts'
import type { FigureProps } from './index.ts'
import { Bars } from './kit/bars.tsx'
import { Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { countText, numberText, percentText } from './kit/number-text.ts'
import { useFigure } from './kit/use-figure.ts'

/** Belief in rival hypotheses before and after an observation. */
export default function Evidence(props: FigureProps): ReactNode {
  const figure = useFigure('evidence', props)
  const { priorA, priorB, seenA, seenB, seenOther, times } = figure.values
  const other = Math.max(0, 100 - priorA - priorB)
  const { prior, posterior, ratio, impossible } = weighEvidence({ prior: { a: priorA, b: priorB, other }, seen: { a: seenA / 100, b: seenB / 100, other: seenOther / 100 }, times })
  const oddsBefore = prior.a / prior.b
  const oddsAfter = posterior.a / posterior.b
  const seen = times === 1 ? 'The observation' : `${times} observations like it`
  const summary = impossible
    ? 'None of the three allows what was seen: a hypothesis is missing from the list.'
    : `${seen} ${ratio === 1 ? 'fits A and B alike and tells them not apart' : `${times === 1 ? 'is' : 'are'} ${ratio > 1 ? `${numberText(ratio)} times as likely under A as under B` : `${numberText(1 / ratio)} times as likely under B as under A`}`}. A goes from ${percentText(prior.a * 100)} to ${percentText(posterior.a * 100)}, B from ${percentText(prior.b * 100)} to ${percentText(posterior.b * 100)}, neither from ${percentText(prior.other * 100)} to ${percentText(posterior.other * 100)}.`
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="priorA" />
          <Slider of={figure} name="seenA" />
          <Slider of={figure} name="priorB" />
          <Slider of={figure} name="seenB" />
          <Slider of={figure} name="times" />
          <Slider of={figure} name="seenOther" />
        </>
      }
      readouts={[
        { label: 'Odds A : B before', value: odds(oddsBefore) },
        { label: 'Likelihood ratio', value: `× ${numberText(ratio)}` },
        { label: 'Odds A : B after', value: impossible ? 'none' : odds(oddsAfter) },
      ]}
      summary={summary}
      readings={{ posteriorA: posterior.a * 100, posteriorB: posterior.b * 100, posteriorOther: posterior.other * 100, ratio }}
      note={`Bayes: odds after = odds before × likelihood ratio. Neither A nor B holds what is left of 100%${priorA + priorB > 100 ? '; A and B are above 100% together and are scaled down' : ''}. ${countText(times, 'observation')}, taken as independent: a second look at the same metric is not a second observation.`}
    >
      <Bars
        title="Belief after the observation; the notch shows it before"
        most={1}
        bars={[
          { label: 'A', value: posterior.a, before: prior.a, text: percentText(posterior.a * 100), tone: 1 },
          { label: 'B', value: posterior.b, before: prior.b, text: percentText(posterior.b * 100), tone: 2 },
          { label: 'Neither', value: posterior.other, before: prior.other, text: percentText(posterior.other * 100), tone: 3 },
        ]}
      />
    </FigureFrame>
  )
}

function odds(value: number): string {
  if (!Number.isFinite(value)) return 'A alone'
  return value >= 1 || value === 0 ? `${numberText(value)} : 1` : `1 : ${numberText(1 / value)}`
}
