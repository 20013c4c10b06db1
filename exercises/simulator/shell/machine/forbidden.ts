/** Tools that need rights which nobody has on these machines, with what they say then. */
import type { Command } from '../command.ts'
import { failed } from '../command.ts'

interface Refusal {
  readonly name: string
  readonly summary: string
  readonly says: string
  readonly why: string
  readonly answers: readonly string[]
}

const refusals: readonly Refusal[] = [
  { name: 'strace', summary: 'system calls of a process; not allowed here', says: 'strace: attach: ptrace(PTRACE_SEIZE, 1): Operation not permitted', why: 'Containers run without the capability SYS_PTRACE, and the simulation has no system calls. jstack shows what threads wait for.', answers: [] },
  { name: 'perf', summary: 'samples of the processor; not allowed here', says: 'Error:\nAccess to performance monitoring and observability operations is limited.\nConsider adjusting /proc/sys/kernel/perf_event_paranoid setting to open access.', why: 'The kernel of the nodes allows it to nobody, and the simulation has no instructions. "jcmd 1 JFR.view hot-methods" shows where requests spend their time.', answers: [] },
  { name: 'iotop', summary: 'disk traffic by process; not allowed here', says: 'Netlink error: Operation not permitted (1)\n\nThe Linux kernel interfaces that iotop relies on now require root privileges or the NET_ADMIN capability.', why: 'The simulation counts no reads and writes of disks; df shows how full they are.', answers: ['cmd.iotop'] },
  { name: 'py-spy', summary: 'samples of a Python process; there is none here', says: 'Error: Failed to find a python interpreter in the process', why: 'Services run on a JVM: "jcmd 1 JFR.view hot-methods" is their profile.', answers: ['cmd.py-spy-record'] },
]

export const forbidden: readonly Command[] = refusals.map(({ name, summary, says, why, answers }) => ({
  name,
  summary,
  synopsis: [`kubectl exec deployment/NAME -- ${name}`],
  description: [why],
  answers,
  run: () => failed(says),
}))
