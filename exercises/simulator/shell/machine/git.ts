import type { World } from '../../model/index.ts'
import { settingDifferences } from '../../telemetry/index.ts'
import type { ChangeEvent } from '../../telemetry/index.ts'
import type { Command, CommandResult } from '../command.ts'
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

/** Lines of what a change made of settings. */
function changedLines(change: ChangeEvent): readonly string[] {
  return settingDifferences(change).flatMap(({ name, before, after }) => [...(before === null ? [] : [`-${name}: ${before}`]), ...(after === null ? [] : [`+${name}: ${after}`])])
}

/** What changed after one commit, up to another or to now; the oldest first. */
function diff(all: readonly ChangeEvent[], words: readonly string[]): CommandResult {
  const [from = 'HEAD~1', to = 'HEAD'] = words.filter((word) => !word.startsWith('-')).flatMap((word) => word.split('..')).filter((word) => word !== '')
  const place = (word: string): number => {
    const back = /^HEAD(?:~(\d+)|(\^*))$/.exec(word)
    return back === null ? all.findIndex((change) => hashOf(change).startsWith(word)) : Number(back[1] ?? (back[2] ?? '').length)
  }
  const missing = [from, to].find((word) => place(word) < 0 || place(word) > all.length)
  if (missing !== undefined) return failed(`fatal: ambiguous argument '${missing}': unknown revision or path not in the working tree.`, 128)
  return printed(all.slice(place(to), place(from)).toReversed().map((change) => `diff --git a/${change.target}.yaml b/${change.target}.yaml\n${changedLines(change).map((line) => `${line}\n`).join('')}`).join(''))
}

/** `git log`, `git show` and `git diff` of the repository from which the system is deployed. */
export const git: Command = {
  name: 'git',
  summary: 'what was deployed and configured, and when: log, show, diff',
  synopsis: ['git log [--oneline] [-n N] [-- TARGET]', 'git show COMMIT', 'git diff COMMIT [COMMIT]'],
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
    if (verb === 'diff') return diff(all, rest)
    if (verb === 'bisect') return failed("git: bisect would need a build of each commit, which the simulation does not have. git log lists what changed and when; the dashboards show from when it was slow.")
    if (verb !== 'show') return failed(`git: '${verb}' is not part of this simulation. log, show and diff are.`)
    const wanted = rest.find((word) => !word.startsWith('-')) ?? 'HEAD'
    const found = wanted === 'HEAD' ? all[0] : all.find((change) => hashOf(change).startsWith(wanted))
    if (found === undefined) return failed(`fatal: ambiguous argument '${wanted}': unknown revision or path not in the working tree.`, 128)
    const lines = changedLines(found)
    return printed(`${headOf(found)}\ndiff --git a/${found.target}.yaml b/${found.target}.yaml\n${lines.map((line) => `${line}\n`).join('')}`)
  },
  candidates: (world, words) => (words.length === 0 ? ['log', 'show', 'diff'] : words[0] !== 'log' ? commits(world, world.nowUs).map((change) => hashOf(change).slice(0, 7)) : ['--oneline', '-n']),
}
