/** A plain value as YAML in the block style that kubectl prints, with keys in order of the alphabet. */
export function yamlText(value: unknown): string {
  return block(value, 0)
}

function block(value: unknown, depth: number): string {
  const indent = '  '.repeat(depth)
  if (Array.isArray(value)) return value.map((item: unknown) => `${indent}- ${block(item, depth + 1).trimStart()}`).join('')
  if (typeof value !== 'object' || value === null) return `${indent}${scalar(value)}\n`
  return Object.entries(value)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, item]: [string, unknown]) => {
      if (typeof item !== 'object' || item === null) return `${indent}${key}: ${scalar(item)}\n`
      if (Object.keys(item).length === 0) return `${indent}${key}: ${Array.isArray(item) ? '[]' : '{}'}\n`
      return `${indent}${key}:\n${block(item, Array.isArray(item) ? depth : depth + 1)}`
    })
    .join('')
}

function scalar(value: unknown): string {
  if (typeof value !== 'string') return String(value)
  return /^[A-Za-z/][\w./: -]*$/.test(value) && !value.includes(': ') && !/^(?:true|false|null|yes|no)$/i.test(value) ? value : JSON.stringify(value)
}
