import type { World } from '../../model/index.ts'
import { Name } from '../../model/parts/names/name.ts'
import { Resolver } from '../../model/parts/names/resolver.ts'
import { clusterIp } from '../cluster.ts'
import type { Command, CommandResult } from '../command.ts'
import { failed, printedLines } from '../command.ts'
import { longTime, wallUs } from '../times.ts'

/** What the name server answers to a question about a host. */
interface Lookup {
  readonly status: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'TIMEOUT'
  readonly answers: readonly { readonly address: string; readonly ttlSeconds: number }[]
}

const server = '10.96.0.10'

/** Looks a host up as the resolver is now. A resolver that drops or fails more than half of its lookups counts as failing. */
export function lookUp(world: World, host: string): Lookup {
  const name = host.replace(/\.$/, '').replace(/\.default(?:\.svc(?:\.cluster\.local)?)?$/, '')
  const part = world.part(name)
  if (part === undefined || world.kindOf(part.index) === 'client') return { status: 'NXDOMAIN', answers: [] }
  if (!(part instanceof Name)) return { status: 'NOERROR', answers: [{ address: clusterIp(part.index), ttlSeconds: 5 }] }
  const resolver = world.part(part.spec.resolver)
  if (resolver instanceof Resolver && resolver.drop > 0.5) return { status: 'TIMEOUT', answers: [] }
  if (part.failing === 1 || (resolver instanceof Resolver && resolver.servfail > 0.5)) return { status: 'SERVFAIL', answers: [] }
  return { status: 'NOERROR', answers: part.records().map(({ target, ttlSeconds }) => ({ address: clusterIp(world.part(target)?.index ?? 0), ttlSeconds })) }
}

/** Names that DNS knows. */
export const hosts = (world: World): readonly string[] => world.parts.filter(({ index }) => world.kindOf(index) !== 'client').map(({ name }) => name)

/** `dig`. */
export const dig: Command = {
  name: 'dig',
  summary: 'look a name up in DNS, with its TTL',
  synopsis: ['dig [+short] [+trace] NAME'],
  description: ['Answers what the name server would answer now. Processes keep older answers for as long as their TTL or their own rules say; what they keep is not to be seen from here.', 'A resolver that drops or refuses more than half of all lookups is shown as failing.'],
  answers: [],
  run({ world, args, nowUs }): CommandResult {
    const isShort = args.includes('+short')
    const host = args.find((word) => !/^[+@-]/.test(word) && word !== 'A')
    if (host === undefined) return failed('Usage: dig [+short] NAME')
    const { status, answers } = lookUp(world, host)
    if (status === 'TIMEOUT') return failed(`;; communications error to ${server}#53: timed out\n;; no servers could be reached`, 9)
    if (args.includes('+trace')) return printedLines([`; <<>> DiG 9.20 <<>> ${args.join(' ')}`, `cluster.local.\t\tIN\tNS\t${server}`, ...answers.map(({ address, ttlSeconds }) => `${host}.\t\t${ttlSeconds}\tIN\tA\t${address}`), `;; ${status} from ${server}, the only name server of the cluster`])
    if (isShort) return printedLines(answers.map(({ address }) => address))
    const lines = answers.map(({ address, ttlSeconds }) => `${host}.\t\t${ttlSeconds}\tIN\tA\t${address}`)
    return printedLines(['', `; <<>> DiG 9.20 <<>> ${args.join(' ')}`, ';; Got answer:', `;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: 4242`, `;; flags: qr rd ra; QUERY: 1, ANSWER: ${answers.length}, AUTHORITY: 0, ADDITIONAL: 0`, '', ';; QUESTION SECTION:', `;${host}.\t\tIN\tA`, '', ...(lines.length === 0 ? [] : [';; ANSWER SECTION:', ...lines, '']), `;; SERVER: ${server}#53(${server}) (UDP)`, `;; WHEN: ${longTime(wallUs(world, nowUs))}`])
  },
  candidates: (world) => [...hosts(world), '+short'],
}

/** `nslookup`. */
export const nslookup: Command = {
  name: 'nslookup',
  summary: 'look a name up in DNS',
  synopsis: ['nslookup NAME'],
  description: ['As dig, in fewer words.'],
  answers: ['cmd.nslookup-time'],
  run({ world, args }) {
    const [host] = args
    if (host === undefined) return failed('Usage: nslookup NAME')
    const { status, answers } = lookUp(world, host)
    if (status === 'TIMEOUT') return failed(`;; communications error to ${server}#53: timed out\n;; no servers could be reached`)
    const head = [`Server:\t\t${server}`, `Address:\t${server}#53`, '']
    if (status !== 'NOERROR') return { stdout: `${[...head, `** server can't find ${host}: ${status}`, ''].join('\n')}\n`, stderr: '', exitCode: 1 }
    return printedLines([...head, ...answers.flatMap(({ address }) => [`Name:\t${host}`, `Address: ${address}`]), ''])
  },
  candidates: hosts,
}
