import type { Act } from '../../../../../exercises/simulator/incident/index.ts'

/** An action in a line: `configure orders: dependency payments, timeout 2s`. */
export function actWords({ action, target, ...args }: Act): string {
  const given = Object.entries(args).map(([name, value]) => (value === true ? name : `${name} ${String(value)}`))
  return given.length === 0 ? `${action} ${target}` : `${action} ${target}: ${given.join(', ')}`
}
