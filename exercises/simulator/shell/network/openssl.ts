import type { World } from '../../model/index.ts'
import { Certificate } from '../../model/parts/certificates/certificate.ts'
import type { Command, CommandResult } from '../command.ts'
import { failed, printedLines } from '../command.ts'
import { wallUs } from '../times.ts'

/** Certificates are taken to be for 90 days, of which the beginning is not known. */
const lifetimeUs = 90 * 86_400_000_000

const certificates = (world: World): readonly Certificate[] => world.parts.filter((part) => part instanceof Certificate)

/** Shows the certificate of a service. */
export const openssl: Command = {
  name: 'openssl',
  summary: 'show the certificate that a service serves now, and its dates',
  synopsis: ['openssl s_client -connect HOST:PORT [-servername NAME]', 'openssl s_client -connect HOST:443 | openssl x509 -noout -dates'],
  description: ['s_client shows what the first pod of a service serves now, which may be an older certificate than the one that was issued last. The certificate is printed as a block that x509 reads. x509 knows -noout, -dates, -enddate, -subject and -checkend SECONDS.'],
  answers: ['cmd.openssl-dates'],
  run({ world, args, stdin, nowUs }) {
    const [verb, ...rest] = args
    if (verb === 's_client') return client(world, rest, nowUs)
    if (verb === 'x509') return x509(world, rest, stdin, nowUs)
    return failed(`Invalid command '${verb ?? ''}'; s_client and x509 are known here.`)
  },
  candidates: (world, words) => (words.length === 0 ? ['s_client', 'x509'] : words[0] === 's_client' ? ['-connect', '-servername', ...certificates(world).flatMap(({ spec }) => spec.of.map((name) => `${name}:443`))] : ['-noout', '-dates', '-enddate', '-subject', '-checkend']),
}

function client(world: World, args: readonly string[], nowUs: number): CommandResult {
  const address = args[args.indexOf('-connect') + 1]
  if (!args.includes('-connect') || address === undefined) return failed('s_client: -connect HOST:PORT is needed')
  const host = address.replace(/:\d+$/, '')
  const part = world.part(host)
  if (part === undefined) return failed(`BIO_lookup_ex: system lib: Name or service not known\nconnect:errno=22`)
  const found = certificates(world).find(({ spec }) => spec.of.includes(host))
  if (found === undefined) return failed('CONNECTED(00000003)\nerror:0A00010B:SSL routines:ssl3_get_record:wrong version number\n---\nno peer certificate available')
  const { fromUs, untilUs, isTrusted, hasName } = found.servedBy(part.index, 0)
  const subject = hasName ? host : `old.${host}`
  const block = [fromUs === Number.NEGATIVE_INFINITY ? untilUs - lifetimeUs : fromUs, untilUs, subject].join(' ')
  const verdict = nowUs >= untilUs ? '10 (certificate has expired)' : isTrusted ? '0 (ok)' : '21 (unable to verify the first certificate)'
  return printedLines(['CONNECTED(00000003)', '---', 'Certificate chain', ` 0 s:CN = ${subject}`, '   i:CN = Firedrill Issuing CA', '---', 'Server certificate', '-----BEGIN CERTIFICATE-----', block, '-----END CERTIFICATE-----', `subject=CN = ${subject}`, 'issuer=CN = Firedrill Issuing CA', '---', `Verify return code: ${verdict}`, '---'])
}

function x509(world: World, args: readonly string[], stdin: string, nowUs: number): CommandResult {
  const match = /-----BEGIN CERTIFICATE-----\n(-?\d+) (-?\d+) (\S+)\n/.exec(stdin)
  if (match === null) return failed('Could not find certificate from <stdin>')
  const [, from = '0', until = '0', subject = ''] = match
  const date = (us: string): string => dateText(wallUs(world, Number(us)))
  const lines: string[] = []
  if (args.includes('-subject')) lines.push(`subject=CN = ${subject}`)
  if (args.includes('-dates') || args.includes('-startdate')) lines.push(`notBefore=${date(from)}`)
  if (args.includes('-dates') || args.includes('-enddate')) lines.push(`notAfter=${date(until)}`)
  const seconds = args.includes('-checkend') ? Number(args[args.indexOf('-checkend') + 1]) : null
  if (seconds === null) return printedLines(lines)
  const expires = Number(until) < nowUs + seconds * 1e6
  return { ...printedLines([...lines, expires ? 'Certificate will expire' : 'Certificate will not expire']), exitCode: expires ? 1 : 0 }
}

/** `Mar  3 09:20:00 2026 GMT`. */
function dateText(us: number): string {
  const [, day = '', month = '', year = '', time = ''] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(us / 1000).toUTCString()) ?? []
  return `${month} ${String(Number(day)).padStart(2)} ${time} ${year} GMT`
}
