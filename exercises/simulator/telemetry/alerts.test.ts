import { describe, expect, it } from 'vitest'
import { expandTemplate, Telemetry, type AlertRule, type Evaluate } from './index.ts'

const all = [-Infinity, Infinity] as const
const rule: AlertRule = {
  name: 'HighErrors', expr: 'errors > 5', forMs: 60_000, keepFiringForMs: 0, labels: { severity: 'page', team: '{{ $labels.service }}-team' },
  annotations: { summary: '{{ $labels.service }} fails {{ $value | printf "%.1f" }} times a second' },
}

/** Evaluates a rule every 30 s over scripted values: null for nothing, text for an error. */
function play(changes: Partial<AlertRule>, values: readonly (number | string | null)[]): Telemetry {
  const telemetry = new Telemetry()
  const evaluate: Evaluate = (_, timeMs) => {
    const value = values[(timeMs - telemetry.epochMs) / 30_000 - 1] ?? null
    if (typeof value === 'string') return { error: value }
    return value === null ? [] : [{ labels: { __name__: 'errors', service: 'orders' }, value }]
  }
  telemetry.setAlertRules([{ ...rule, ...changes }], evaluate)
  values.forEach((_, at) => telemetry.alerts.evaluate((at + 1) * 30_000_000))
  return telemetry
}

function transitions(telemetry: Telemetry): string[] {
  return telemetry.alerts.transitions().map(({ timeMs, from, to }) => `${(timeMs - telemetry.epochMs) / 1000} ${from} > ${to}`)
}

function alerts(telemetry: Telemetry, name: string): string[] {
  return telemetry.series.select([{ name: '__name__', op: '=', value: name }], ...all).map((samples) => {
    const points = Array.from({ length: samples.length }, (_, at) => `${((samples.timesMs[at] ?? 0) - telemetry.epochMs) / 1000}:${samples.stale?.[at] === 1 ? 'x' : samples.values[at]}`)
    return `${samples.labels['alertstate'] ?? '-'} ${points.join(' ')}`
  })
}

describe('alert rules', () => {
  it('go from pending to firing after `for`, and resolve', () => {
    const telemetry = play({}, [9, 9, 9, 9, null, null])
    expect(transitions(telemetry)).toEqual(['30 inactive > pending', '90 pending > firing', '150 firing > resolved'])
    expect(alerts(telemetry, 'ALERTS')).toEqual(['pending 30:1 60:1 90:x', 'firing 90:1 120:1 150:x'])
    const since = (telemetry.epochMs + 30_000) / 1000
    expect(alerts(telemetry, 'ALERTS_FOR_STATE')).toEqual([`- 30:${since} 60:${since} 90:${since} 120:${since} 150:x`])
    expect(telemetry.alerts.alerts()).toMatchObject([{
      state: 'resolved', labels: { alertname: 'HighErrors', severity: 'page', service: 'orders', team: 'orders-team' }, annotations: { summary: 'orders fails 9.0 times a second' },
    }])
  })

  it('begin to wait anew after a gap', () => {
    expect(transitions(play({}, [9, 9, null, 9, 9, 9]))).toEqual(['30 inactive > pending', '90 pending > inactive', '120 inactive > pending', '180 pending > firing'])
  })

  it('fire at once without `for`', () => {
    expect(transitions(play({ forMs: 0 }, [9, null, 9]))).toEqual(['30 inactive > firing', '60 firing > resolved', '90 inactive > firing'])
  })

  it('keep firing for a while when told so', () => {
    expect(transitions(play({ forMs: 0, keepFiringForMs: 60_000 }, [9, null, 9, null, null, null]))).toEqual(['30 inactive > firing', '180 firing > resolved'])
  })

  it('stay as they are when the expression fails', () => {
    const telemetry = play({ forMs: 0 }, [9, 'too many samples', 9])
    expect(transitions(telemetry)).toEqual(['30 inactive > firing'])
    expect(alerts(telemetry, 'ALERTS')).toEqual(['firing 30:1 60:1 90:1'])
    expect(play({}, ['too many samples']).alerts.errors()).toEqual([{ rule: 'HighErrors', error: 'too many samples' }])
  })

  it('forget resolved alerts after 15 minutes', () => {
    const telemetry = play({ forMs: 0 }, [9, ...Array.from({ length: 31 }, () => null)])
    expect(telemetry.alerts.alerts()).toHaveLength(1)
    telemetry.alerts.evaluate(33 * 30_000_000)
    expect(telemetry.alerts.alerts()).toHaveLength(0)
  })
})

describe('templates', () => {
  it.each([
    ['{{ $value }}', 0.000012, '1.2e-05'],
    ['{{ .Value | humanize }}', 1_234_567, '1.235M'],
    ['{{ humanize $value }}', 0.0012, '1.2m'],
    ['{{ $value | humanize1024 }}B', 5_368_709_120, '5GiB'],
    ['{{ $value | humanizeDuration }}', 93_784.6, '1d 2h 3m 4s'],
    ['{{ $value | humanizeDuration }}', 0.25, '250ms'],
    ['{{ $value | humanizePercentage }}', 0.12345, '12.35%'],
    ['{{ printf "%.2f of %s" $value $labels.pod }}', 2 / 3, '0.67 of a-1'],
    ['{{ $labels.pod | toUpper }} {{- " " -}} x', 1, 'A-1 x'],
    ['{{ $labels.none }}|', 1, '|'],
    ['{{ nothing $value }}', 1, '<error expanding template: can\'t give argument to non-function nothing>'],
    ['{{ printf "%d" $value }}', 3, '%!d(float64=3)'],
  ])('%s of %d is %s', (template, value, expected) => {
    expect(expandTemplate(template, { labels: { pod: 'a-1' }, value })).toBe(expected)
  })
})
