import type { World } from '../../model/index.ts'
import { settingDifferences } from '../../telemetry/index.ts'
import type { ChangeEvent } from '../../telemetry/index.ts'
import type { Command } from '../command.ts'
import { failed, printed } from '../command.ts'
import { wallUs } from '../times.ts'

/** Changes that somebody made, newest first, as far as they can be seen. */
function commits(world: World, nowUs: number): readonly ChangeEvent[] {
  return world.telemetry.changes.between(0, wallUs(world, nowUs) + 1).filter(({ kind }) => kind !== 'audit').toReversed()
}

/** A hash of a change, from what it is: FNV-1a, widened to the 40 digits that git shows. */
function hashOf({ id, timeUs, summary }: ChangeEvent): string {
  let hash = ''
  for (let part = 0; part < 5; part += 1) {
    let word = 0x811c9dc5 + part
    for (const letter of `${id} ${timeUs} ${summary}`) word = Math.imul(word ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
    hash += word.toString(16).padStart(8, '0')
  }
  return hash
}

function headOf(change: ChangeEvent): string {
  const [, day = '', , month = '', year = '', time = ''] = /^(\w+), (0?)(?:\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(change.timeUs / 1000).toUTCString()) ?? []
  const date = new Date(change.timeUs / 1000).getUTCDate()
  return `commit ${hashOf(change)}\nAuthor: ${change.actor} <${change.actor}@shop.example>\nDate:   ${day} ${month} ${date} ${time} ${year} +0000\n\n    ${change.summary}\n`
}

/** `git log` and `git show` of the repository from which the system is deployed. */
export const git: Command = {
  name: 'git',
  summary: 'what was deployed and configured, and when: log, show',
  synopsis: ['git log [--oneline] [-n N] [-- TARGET]', 'git show COMMIT'],
  description: ['The history of the repository from which the system is deployed: deploys, settings, flags and scaling, newest first. What operators did in this shift, and what simply happened, is not in it.'],
  answers: [],
  run({ world, args, nowUs }) {
    const [verb = '', ...rest] = args
    const all = commits(world, nowUs)
    if (verb === 'log') {
      const place = rest.findIndex((word) => /^(?:-n?\d+|-n)$/.test(word))
      const count = place < 0 ? all.length : Number(rest[place] === '-n' ? rest[place + 1] : rest[place]?.replace(/^-n?/, ''))
      const target = rest.includes('--') ? rest.at(-1) : undefined
      const chosen = all.filter((change) => target === undefined || change.target === target).slice(0, count)
      return printed(rest.includes('--oneline') ? chosen.map((change) => `${hashOf(change).slice(0, 7)} ${change.summary}\n`).join('') : chosen.map(headOf).join('\n'))
    }
    if (verb !== 'show') return failed(`git: '${verb}' is not part of this simulation. log and show are.`)
    const wanted = rest.find((word) => !word.startsWith('-')) ?? 'HEAD'
    const found = wanted === 'HEAD' ? all[0] : all.find((change) => hashOf(change).startsWith(wanted))
    if (found === undefined) return failed(`fatal: ambiguous argument '${wanted}': unknown revision or path not in the working tree.`, 128)
    const lines = settingDifferences(found).flatMap(({ name, before, after }) => [...(before === null ? [] : [`-${name}: ${before}`]), ...(after === null ? [] : [`+${name}: ${after}`])])
    return printed(`${headOf(found)}\ndiff --git a/${found.target}.yaml b/${found.target}.yaml\n${lines.map((line) => `${line}\n`).join('')}`)
  },
  candidates: (world, words) => (words.length === 0 ? ['log', 'show'] : words[0] === 'show' ? commits(world, world.nowUs).map((change) => hashOf(change).slice(0, 7)) : ['--oneline', '-n']),
}
