import type { Command } from '../command.ts'
import { failed, printed } from '../command.ts'
import { wallUs } from '../times.ts'

const unitMs: Readonly<Record<string, number>> = { second: 1_000, sec: 1_000, minute: 60_000, min: 60_000, hour: 3_600_000, day: 86_400_000 }
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** `date`, by the clock of the simulated world. */
export const date: Command = {
  name: 'date',
  summary: 'the time in the simulated system',
  synopsis: ["date [-u] [-d '5 minutes ago'|@SECONDS|TIME] [+FORMAT]"],
  description: ['The clock of the simulated system, which is in UTC. FORMAT knows %Y %m %d %H %M %S %s %F %T %a %A %b %B %Z and %z.'],
  answers: [],
  run({ world, args, nowUs }) {
    let timeMs: number | null = wallUs(world, nowUs) / 1000
    let format = '+%a %b %e %H:%M:%S %Z %Y'
    for (let at = 0; at < args.length; at += 1) {
      const word = args[at] ?? ''
      const [, joined] = /^(?:-d|--date=)(.+)$/.exec(word) ?? []
      if (joined !== undefined) timeMs = moment(joined, wallUs(world, nowUs) / 1000)
      else if (word === '-d' || word === '--date') timeMs = moment(args[(at += 1)] ?? '', wallUs(world, nowUs) / 1000)
      else if (word.startsWith('+')) format = word
      else if (word === '-I' || word === '--iso-8601') format = '+%F'
      else if (word === '-Iseconds' || word === '--iso-8601=seconds') format = '+%FT%T+00:00'
      else if (word !== '-u' && word !== '--utc') return failed(`date: invalid option or operand '${word}'`)
      if (timeMs === null) return failed(`date: invalid date '${joined ?? args[at] ?? ''}'`)
    }
    return printed(`${formatted(timeMs, format.slice(1))}\n`)
  },
  candidates: () => ['-u', '-d', '+%FT%TZ', '+%s'],
}

/** A time as -d takes it, in milliseconds since 1970; null when it is none. */
function moment(text: string, nowMs: number): number | null {
  if (/^@\d+(?:\.\d+)?$/.test(text)) return Number(text.slice(1)) * 1000
  if (text === 'now' || text === '') return nowMs
  const [, sign, amount, unit = '', ago] = /^([+-]?)\s*(\d+)\s*(second|sec|minute|min|hour|day)s?(\s+ago)?$/.exec(text.trim()) ?? []
  if (amount !== undefined) return nowMs + Number(amount) * (unitMs[unit] ?? 0) * ((sign === '-') === (ago === undefined) ? -1 : 1)
  const parsed = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.replace(' ', 'T')}Z`)
  return Number.isNaN(parsed) ? null : parsed
}

function formatted(timeMs: number, format: string): string {
  const time = new Date(timeMs)
  const iso = time.toISOString()
  const month = months[time.getUTCMonth()] ?? ''
  const day = days[time.getUTCDay()] ?? ''
  const parts: Readonly<Record<string, string>> = {
    Y: iso.slice(0, 4), m: iso.slice(5, 7), d: iso.slice(8, 10), e: String(time.getUTCDate()).padStart(2), H: iso.slice(11, 13), M: iso.slice(14, 16), S: iso.slice(17, 19), N: `${iso.slice(20, 23)}000000`,
    s: String(Math.floor(timeMs / 1000)), F: iso.slice(0, 10), T: iso.slice(11, 19), a: day.slice(0, 3), A: day, b: month.slice(0, 3), B: month, Z: 'UTC', z: '+0000', '%': '%', n: '\n',
  }
  return format.replace(/%([a-zA-Z%])/g, (whole, letter: string) => parts[letter] ?? whole)
}

/** Who is at the keyboard, and where; in a pod, the pod. */
export const whoami: Command = { name: 'whoami', summary: 'who you are', synopsis: ['whoami'], description: ['The engineer on call; in a pod, the user of the application.'], answers: [], run: ({ pod }) => printed(pod === null ? 'oncall\n' : 'app\n') }

export const hostname: Command = { name: 'hostname', summary: 'the machine or the pod', synopsis: ['hostname'], description: ['The bastion from which the system is operated; in a pod, the name of the pod.'], answers: [], run: ({ pod }) => printed(`${pod ?? 'bastion'}\n`) }
