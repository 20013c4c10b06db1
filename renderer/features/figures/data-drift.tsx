import type { ReactNode } from 'react'
import { drift } from '../../../exercises/figures/data-drift.ts'
import type { FigureProps } from './index.ts'
import { Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { numberText } from './kit/number-text.ts'
import { Plot } from './kit/plot.tsx'
import { roundUp } from './kit/scale.ts'
import { useFigure } from './kit/use-figure.ts'

const usual = { watch: 0.1, act: 0.25 } as const

/** Two binned distributions and their stability index. */
export default function DataDrift(props: FigureProps): ReactNode {
  const figure = useFigure('data-drift', props)
  const { shift, scale, bins, sample } = figure.values
  const measured = drift({ shift, scale, bins, sample })
  // Equal shares leave a rounding error of about 1e-30, which is no drift.
  const now = { ...measured, psi: measured.psi < 1e-9 ? 0 : measured.psi }
  const verdict = now.psi >= usual.act ? { tone: 'crit' as const, word: '0.25 or more: large' } : now.psi >= usual.watch ? { tone: 'warn' as const, word: '0.1 to 0.25: some' } : { tone: 'ok' as const, word: 'under 0.1: little' }
  const underNoise = now.psi <= now.noise95
  const column = (values: readonly number[], offset: number): { from: number; to: number; y: number }[] => values.map((share, bin) => ({ from: bin + 0.08 + offset, to: bin + 0.5 + offset, y: share * 100 }))
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="shift" />
          <Slider of={figure} name="scale" />
          <Slider of={figure} name="bins" />
          <Slider of={figure} name="sample" />
        </>
      }
      readouts={[
        { label: 'PSI', value: numberText(now.psi), ...verdict },
        { label: 'From chance alone', value: numberText(now.noise) },
        { label: 'Chance stays below (95 of 100)', value: numberText(now.noise95) },
      ]}
      summary={`A shift of ${numberText(shift)} σ and ${numberText(scale)} times the spread give a PSI of ${numberText(now.psi)} over ${bins} bins: ${now.psi >= usual.act ? 'a large change' : now.psi >= usual.watch ? 'some change' : 'little change'} by the usual marks of 0.1 and 0.25. ${
        now.noise95 >= usual.watch ? `With ${numberText(sample)} rows a sample, chance alone reaches ${numberText(now.noise95)}: the usual marks say nothing here.` : underNoise ? `With ${numberText(sample)} rows a sample it is no more than chance alone gives.` : `With ${numberText(sample)} rows a sample, chance alone stays below ${numberText(now.noise95)}: the change is real, whether it matters or not.`
      }`}
      readings={{ psi: now.psi, noise: now.noise }}
      note="PSI = Σ (current − baseline) × ln(current / baseline), bins with equal shares of the baseline, empty ones raised to 0.0001. 0.1 and 0.25 are a custom from credit scoring, not a test: PSI depends on the number of bins, and without any drift it is about (bins − 1) × (1/n + 1/m). The samples here are as large as each other. Drift of an input does not say that the model got worse."
    >
      <Plot
        label="Shares of the baseline and the current data in each bin"
        x={{ title: 'Bins, from low to high values', from: 0, to: bins, ticks: Array.from({ length: bins }, (_, index) => index + 0.5).filter((_, index) => bins <= 12 || index % 3 === 0), format: (value) => String(Math.floor(value) + 1) }}
        y={{ title: 'Share of rows, %', from: 0, to: roundUp(Math.max(...now.current, ...now.base) * 110) }}
        columns={[
          { name: 'baseline', tone: 1, values: column(now.base, 0) },
          { name: 'current', tone: 2, values: column(now.current, 0.42) },
        ]}
        height={230}
      />
    </FigureFrame>
  )
}
