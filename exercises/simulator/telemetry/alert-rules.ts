import type { Labels } from '../promql/source.ts'
import { expandTemplate } from './alert-template.ts'
import type { Fingerprint } from './fingerprint.ts'
import { canonicalLabels, labelsKey } from './label-matching.ts'
import type { MetricStore } from './metric-store.ts'
import type { SampleSeries } from './sample-series.ts'

/** An alerting rule, with the fields of Prometheus' rule files. */
export interface AlertRule {
  readonly name: string
  readonly expr: string
  /** How long the expression must hold before the alert fires. */
  readonly forMs: number
  /** How long the alert keeps firing after the expression stops to hold. */
  readonly keepFiringForMs: number
  readonly labels: Labels
  readonly annotations: Labels
}

/** Evaluates an instant vector at a wall-clock time; an error as Prometheus would word it. */
export type Evaluate = (expr: string, timeMs: number) => readonly { readonly labels: Labels; readonly value: number }[] | { readonly error: string }

export type AlertState = 'inactive' | 'pending' | 'firing' | 'resolved'

/** One alert of a rule: a label set for which the expression holds or lately held. */
export interface Alert {
  readonly rule: string
  readonly labels: Labels
  readonly annotations: Labels
  readonly state: AlertState
  readonly value: number
  /** Milliseconds since the Unix epoch. */
  readonly activeAtMs: number
  readonly firedAtMs: number | null
  readonly resolvedAtMs: number | null
}

/** A change of an alert's state. */
export interface AlertTransition {
  readonly timeMs: number
  readonly rule: string
  readonly labels: Labels
  readonly annotations: Labels
  readonly from: AlertState
  readonly to: AlertState
  readonly value: number
}

interface Instance extends Alert {
  readonly keepFiringSinceMs: number | null
}

interface RuleState {
  readonly instances: readonly Instance[]
  /** Numbers of the series written at the last evaluation. */
  readonly written: readonly number[]
  readonly error: string | null
}

/** Saved alerts. */
export interface AlertRulesState {
  readonly rules: readonly RuleState[]
  readonly transitions: readonly AlertTransition[]
}

/** Resolved alerts stay in the list for as long as Prometheus keeps them. */
const resolvedRetentionMs = 15 * 60_000
const transitionsMax = 10_000

/** Evaluates alerting rules as Prometheus' rule manager does, and writes ALERTS and ALERTS_FOR_STATE. */
export class AlertRules {
  readonly rules: readonly AlertRule[]
  private readonly metrics: MetricStore
  private readonly evaluateExpression: Evaluate
  private states: RuleState[]
  private changes: AlertTransition[] = []

  constructor(rules: readonly AlertRule[], evaluate: Evaluate, metrics: MetricStore) {
    this.rules = rules
    this.evaluateExpression = evaluate
    this.metrics = metrics
    this.states = rules.map(() => ({ instances: [], written: [], error: null }))
  }

  /** Evaluates all rules at a simulation time, which must advance. */
  evaluate(timeUs: number): void {
    const timeMs = this.metrics.beginRules(timeUs)
    this.states = this.rules.map((rule, at) => this.evaluateRule(rule, this.states[at] ?? { instances: [], written: [], error: null }, timeMs))
  }

  /** Alerts that are pending, firing or lately resolved. */
  alerts(): readonly Alert[] {
    return this.states.flatMap((state) => state.instances)
  }

  /** Changes of state, oldest first. */
  transitions(): readonly AlertTransition[] {
    return this.changes
  }

  /** Errors of the last evaluation by rule name. */
  errors(): readonly { readonly rule: string; readonly error: string }[] {
    return this.rules.flatMap((rule, at) => {
      const error = this.states[at]?.error ?? null
      return error === null ? [] : [{ rule: rule.name, error }]
    })
  }

  save(): AlertRulesState {
    return { rules: this.states.slice(), transitions: this.changes.slice() }
  }

  load(state: AlertRulesState): void {
    this.states = state.rules.slice()
    this.changes = state.transitions.slice()
  }

  fingerprint(hash: Fingerprint): void {
    hash.text(JSON.stringify([this.states, this.changes]))
  }

  private evaluateRule(rule: AlertRule, before: RuleState, timeMs: number): RuleState {
    const result = this.evaluateExpression(rule.expr, timeMs)
    if ('error' in result) return this.keep(before, result.error)
    const found = new Map<string, Instance>()
    for (const { labels, value } of result) {
      const instance = newInstance(rule, labels, value, timeMs)
      const key = labelsKey(instance.labels)
      if (found.has(key)) return this.keep(before, 'vector contains metrics with the same labelset after applying alert labels')
      found.set(key, instance)
    }
    const known = new Map(before.instances.map((instance) => [labelsKey(instance.labels), instance]))
    for (const [key, instance] of found) {
      const old = known.get(key)
      const active = old !== undefined && old.state !== 'resolved'
      known.set(key, active ? { ...old, value: instance.value, annotations: instance.annotations } : instance)
    }
    const instances: Instance[] = []
    const written: SampleSeries[] = []
    for (const [key, instance] of known) {
      const next = advance(rule, instance, found.has(key), timeMs)
      this.note(instance, next ?? { ...instance, state: 'inactive' }, timeMs)
      if (next === null) continue
      instances.push(next)
      if (next.state !== 'resolved') written.push(...this.write(next))
    }
    const ids = new Set(written.map((series) => series.id))
    for (const id of before.written) if (!ids.has(id)) this.metrics.samples.series[id]?.markStale()
    return { instances, written: [...ids], error: null }
  }

  /** After an error alerts stay as they are, and their series go on as lookback would make them. */
  private keep(before: RuleState, error: string): RuleState {
    for (const id of before.written) {
      const series = this.metrics.samples.series[id]
      series?.append(series.values[series.length - 1] ?? 0)
    }
    return { ...before, error }
  }

  private write(instance: Instance): SampleSeries[] {
    const alerts = this.metrics.ruleSeries('ALERTS', 'Pending and firing alerts.', { ...instance.labels, alertstate: instance.state })
    const forState = this.metrics.ruleSeries('ALERTS_FOR_STATE', 'Since when alerts are active.', instance.labels)
    alerts.append(1)
    forState.append(Math.floor(instance.activeAtMs / 1000))
    return [alerts, forState]
  }

  private note(before: Instance, after: Instance, timeMs: number): void {
    // An instance made at this evaluation was inactive before it.
    const from: AlertState = before.activeAtMs === timeMs && before.firedAtMs === null ? 'inactive' : before.state
    if (from === after.state || (from === 'resolved' && after.state === 'inactive')) return
    const { rule, labels, annotations, value } = after
    this.changes.push({ timeMs, rule, labels, annotations, from, to: after.state, value })
    if (this.changes.length > transitionsMax) this.changes.shift()
  }
}

function newInstance(rule: AlertRule, labels: Labels, value: number, timeMs: number): Instance {
  const data = { labels, value }
  const expanded: Record<string, string> = {}
  for (const [name, label] of Object.entries(labels)) if (name !== '__name__') expanded[name] = label
  for (const [name, template] of Object.entries(rule.labels)) expanded[name] = expandTemplate(template, data)
  expanded['alertname'] = rule.name
  const annotations = Object.fromEntries(Object.entries(rule.annotations).map(([name, template]) => [name, expandTemplate(template, data)]))
  return { rule: rule.name, labels: canonicalLabels(expanded), annotations, state: 'pending', value, activeAtMs: timeMs, firedAtMs: null, resolvedAtMs: null, keepFiringSinceMs: null }
}

/** The instance after this evaluation; null when it is forgotten. Follows AlertingRule.Eval of Prometheus. */
function advance(rule: AlertRule, instance: Instance, holds: boolean, timeMs: number): Instance | null {
  if (!holds) {
    if (instance.state === 'pending') return null
    if (instance.state === 'resolved') return instance.resolvedAtMs !== null && timeMs - instance.resolvedAtMs > resolvedRetentionMs ? null : instance
    const since = instance.keepFiringSinceMs ?? timeMs
    if (rule.keepFiringForMs > 0 && timeMs - since < rule.keepFiringForMs) return { ...instance, keepFiringSinceMs: since }
    return { ...instance, state: 'resolved', resolvedAtMs: timeMs, keepFiringSinceMs: null }
  }
  if (instance.state === 'pending' && timeMs - instance.activeAtMs >= rule.forMs) return { ...instance, state: 'firing', firedAtMs: timeMs }
  return { ...instance, keepFiringSinceMs: null }
}
