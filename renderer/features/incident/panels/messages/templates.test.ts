import { expect, it } from 'vitest'
import { judgeMessages } from '../../../../../exercises/simulator/incident/debrief/messages.ts'
import { blanksOf, channels, phases, templateFor } from './templates.ts'

it.each(channels.flatMap(({ value: channel }) => phases.map(({ value: phase }) => [channel, phase] as const)))('a filled form for %s, %s, has no fault', (channel, phase) => {
  const form = templateFor(channel, phase, '14:03', '14:23')
  expect(blanksOf(form).length).toBeGreaterThan(0)
  const filled = form.replaceAll(/\[[^\]]+\]/g, 'ordering a ticket at 14:05')
  expect(blanksOf(filled)).toEqual([])
  expect(judgeMessages([{ type: 'said', atUs: 0, channel, phase, text: filled }])[0]?.faults).toEqual([])
})
