/** `firedrill incident run ID`: plays an incident without a screen and prints its score card. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { formatProblem } from '../../exercises/core/problem.ts'
import type { Problem } from '../../exercises/core/problem.ts'
import { playFromPage, readPlay, runToPage, scorePlay } from '../../exercises/simulator/incident/index.ts'
import type { Incident, PlayStep, ScoreCard, ShiftMode } from '../../exercises/simulator/incident/index.ts'
import type { Result } from '../../exercises/core/result.ts'
import { UsageError } from './command.ts'
import type { CommandContext, ExitCode } from './command.ts'
import { loadIncident } from './incident-files.ts'

/** How it is to be played. `policy`: none, expert, or a file with a play. */
export interface PlayOptions {
  readonly id: string
  readonly policy: string
  readonly seed: string
  readonly mode: ShiftMode | null
  readonly json: boolean
}

/** Plays and prints. */
export function runIncident(options: PlayOptions, { contentDir, workingDir, print }: CommandContext): ExitCode {
  const complain = (problems: readonly Problem[]): ExitCode => {
    if (options.json) print(JSON.stringify({ ok: false, problems }, null, 2))
    else for (const problem of problems) print(formatProblem(problem))
    return 1
  }
  const read = loadIncident(contentDir, options.id, { seed: options.seed, mode: options.mode })
  if (!read.ok) return complain(read.error)
  const incident = read.value
  const play = playOf(incident, options.policy, workingDir)
  if (!play.ok) return complain(play.error)
  const started = performance.now()
  const paged = runToPage(incident, options.seed)
  if (paged === null) {
    print(options.json ? JSON.stringify({ ok: false, why: `${incident.spec.page.alert} has not fired.` }, null, 2) : `${incident.spec.page.alert} has not fired, so there is nothing to play.`)
    return 1
  }
  const card = scorePlay(incident, playFromPage(incident, paged, play.value))
  const wallSeconds = (performance.now() - started) / 1000
  if (options.json) print(JSON.stringify({ ok: true, seed: options.seed, policy: options.policy, wallSeconds, ...(incident.second === null ? {} : { second: incident.second }), ...card }, null, 2))
  else print(formatCard(incident, options, card))
  return 0
}

function playOf({ spec }: Incident, policy: string, workingDir: string): Result<readonly PlayStep[], readonly Problem[]> {
  if (policy === 'none') return { ok: true, value: [] }
  if (policy === 'expert') return { ok: true, value: spec.expert }
  const wrong = spec.wrong.find(({ name }) => name === policy)
  if (wrong !== undefined) return { ok: true, value: wrong.play }
  try {
    return readPlay(policy, readFileSync(resolve(workingDir, policy), 'utf8'))
  } catch (error) {
    throw new UsageError(`--policy is none, expert, a wrong play (${spec.wrong.map(({ name }) => name).join(', ')}) or a file with a play: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

function formatCard({ spec, second }: Incident, { policy, seed, mode }: PlayOptions, card: ScoreCard): string {
  const after = (seconds: number | null): string => (seconds === null ? 'never' : `${Math.floor(seconds / 60)}m${String(Math.round(seconds % 60)).padStart(2, '0')}s after the page`)
  return [
    `${spec.title}, seed ${seed}, policy ${policy}${mode === null ? '' : `, mode ${mode}`}: ${card.restored ? 'restored' : 'not restored'}.`,
    `  objective     ${spec.objective.label}`,
    ...(second === null ? [] : [`  second fault  ${second.label}`]),
    `  acknowledged  ${after(card.acknowledgedSeconds)}`,
    `  mitigated     ${after(card.mitigatedSeconds)}`,
    `  resolved      ${after(card.resolvedSeconds)}`,
    `  failed        ${card.failedRequests} of ${card.requests} requests${card.cost === null ? '' : `, ${card.cost.amount} ${card.cost.currency}`}`,
    `  error budget  ${(card.errorBudgetBurned * 100).toFixed(1)}% of ${spec.budget.days} days burned`,
    ...card.actions.map(({ atSeconds, act, verdict, because }) => `  ${after(atSeconds)}: ${act.action} ${act.target}: ${verdict}${because === '' ? '' : `. ${because}`}`),
  ].join('\n')
}
