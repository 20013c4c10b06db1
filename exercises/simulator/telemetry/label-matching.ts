import type { Labels } from '../promql/source.ts'

/** Labels in a fixed order, `__name__` first, frozen; empty values are left out, as Prometheus does. */
export function canonicalLabels(labels: Labels): Labels {
  const result: Record<string, string> = {}
  for (const name of Object.keys(labels).sort()) {
    const value = labels[name]
    if (value !== undefined && value !== '') result[name] = value
  }
  return Object.freeze(result)
}

/** A string that two label sets share exactly when they are equal. The labels must be canonical. */
export function labelsKey(labels: Labels): string {
  let key = ''
  for (const name in labels) key += `${name}\u0001${labels[name] ?? ''}\u0002`
  return key
}
