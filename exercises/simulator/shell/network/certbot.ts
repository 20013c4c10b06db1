import { Certificate } from '../../model/parts/certificates/certificate.ts'
import { askFor } from '../ask-action.ts'
import type { Command } from '../command.ts'
import { failed, printedLines } from '../command.ts'
import { longTime, wallUs } from '../times.ts'

/** `certbot`: the certificates of the system, and new ones for them. */
export const certbot: Command = {
  name: 'certbot',
  summary: 'certificates and their dates; issue a new one',
  synopsis: ['certbot certificates', 'certbot renew [--cert-name NAME] [--force-renewal]'],
  description: ['certificates lists what was issued, which may be newer than what a server shows: openssl s_client tells that. renew is an action for a certificate that ends within 30 days, or for any with --force-renewal.'],
  answers: ['cmd.certbot-renew'],
  run({ world, args, nowUs }) {
    const all = world.parts.filter((part) => part instanceof Certificate)
    const [verb = 'certificates'] = args
    const issued = all.map((certificate) => ({ certificate, ...certificate.servedBy(world.part(certificate.spec.of[0] ?? '')?.index ?? 0, 0) }))
    if (all.length === 0) return printedLines(['No certificates found.'])
    if (verb === 'certificates') return printedLines(issued.flatMap(({ certificate, untilUs }) => [`  Certificate Name: ${certificate.name}`, `    Domains: ${certificate.spec.of.join(' ')}`, `    Expiry Date: ${longTime(wallUs(world, untilUs))} (${untilUs < nowUs ? 'INVALID: EXPIRED' : `VALID: ${Math.floor((untilUs - nowUs) / 86_400e6)} days`})`]))
    if (verb !== 'renew') return failed(`certbot: error: ${verb} is not part of this simulation; certificates and renew are.`)
    const name = args[args.indexOf('--cert-name') + 1]
    const due = issued.filter(({ certificate, untilUs }) => (args.includes('--cert-name') ? certificate.name === name : true) && (args.includes('--force-renewal') || untilUs - nowUs < 30 * 86_400e6))
    const [first] = due
    if (first === undefined) return printedLines(['The following certificates are not due for renewal yet:', ...issued.map(({ certificate, untilUs }) => `  ${certificate.name} expires on ${longTime(wallUs(world, untilUs))} (skipped)`), 'No renewals were attempted.'])
    return askFor(world, { action: 'renew-certificate', target: first.certificate.name }, `Renewing an existing certificate for ${first.certificate.spec.of.join(' and ')}\n`)
  },
  candidates: (world, words) => (words.at(-1) === '--cert-name' ? world.parts.filter((part) => part instanceof Certificate).map(({ name }) => name) : ['certificates', 'renew', '--cert-name', '--force-renewal']),
}
