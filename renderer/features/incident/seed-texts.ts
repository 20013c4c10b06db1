/** The briefing and the debrief of an incident, with the numbers that a seed has drawn. */
import { useMemo } from 'react'
import { drawValues } from '../../../exercises/simulator/incident/vary/draw.ts'
import { fillDeep } from '../../../exercises/simulator/incident/vary/fill.ts'
import type { IncidentBundle } from '../../../main/api/index.ts'

/** The blocks of one of the two texts. @param seed null while none can be read: then the numbers are those of the files */
export function useSeedText(bundle: IncidentBundle, text: 'briefing' | 'debrief', seed: number | null): IncidentBundle['briefing'] {
  return useMemo(() => fillDeep(bundle[text], drawValues(bundle.summary.id, bundle.varied, seed ?? 1)), [bundle, text, seed])
}
