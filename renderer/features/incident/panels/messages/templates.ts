/** Forms that a message may begin from, by channel and phase. Blanks are in brackets, for the writer to fill. */
import type { ShiftEntry } from '../../../../../exercises/simulator/incident/shift/record.ts'

type Said = Extract<ShiftEntry, { type: 'said' }>
export type Channel = Said['channel']
export type Phase = Said['phase']

export const channels: readonly { readonly value: Channel; readonly label: string; readonly description: string }[] = [
  { value: 'incident', label: 'Incident channel', description: 'Colleagues who help or answer customers. They want facts and what is done next.' },
  { value: 'status-page', label: 'Status page', description: 'Customers. They want to know what they cannot do, since when, and when they hear more.' },
]

export const phases: readonly { readonly value: Phase; readonly label: string }[] = [
  { value: 'investigating', label: 'Investigating' },
  { value: 'identified', label: 'Identified' },
  { value: 'monitoring', label: 'Monitoring' },
  { value: 'resolved', label: 'Resolved' },
]

/** @param since the time of the page @param next when the next update would be due, both as `14:03` */
export function templateFor(channel: Channel, phase: Phase, since: string, next: string): string {
  const forms: Readonly<Record<Channel, Readonly<Record<Phase, string>>>> = {
    incident: {
      investigating: `Since ${since} UTC [what fails, for whom, how many]. Known: [facts]. Not known: [what]. Doing now: [step, who]. Next update at ${next} UTC.`,
      identified: `Cause: [component and mechanism], seen in [evidence]. Doing now: [mitigation, who, how long it takes]. Still affected: [whom]. Next update at ${next} UTC.`,
      monitoring: `Mitigated at [time] UTC by [action]. [Objective] holds since [time]. Watching [what] until ${next} UTC; next update then.`,
      resolved: `Resolved: [objective] held from [time] UTC. [How many] requests failed between [time] and [time]. Follow-up: [what, who].`,
    },
    'status-page': {
      investigating: `Since ${since} UTC [what customers cannot do]. [What still works]. The next update comes at ${next} UTC.`,
      identified: `We have found why [what customers cannot do] and are [what is done in plain words]. [What still works]. The next update comes at ${next} UTC.`,
      monitoring: `[What customers could not do] works again since [time] UTC. We keep watching it. The next update comes at ${next} UTC.`,
      resolved: `[What customers could not do] has worked without interruption since [time] UTC. Between [time] and [time] UTC [how many] were affected. [What they should do, if anything].`,
    },
  }
  return forms[channel][phase]
}

/** Blanks that are still to be filled. */
export function blanksOf(text: string): readonly string[] {
  return [...text.matchAll(/\[[^\]\n]+\]/g)].map(([blank]) => blank)
}
