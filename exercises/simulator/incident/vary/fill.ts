/** Puts the values of a seed into texts: `{{ buyers * 30 }}`, or `{{ buyers / 7; 0 }}` for a number of decimals. */
import { evaluate, proseNumber } from './arithmetic.ts'
import type { Values } from './arithmetic.ts'

/** Alerts have `{{ $value }}`, which is theirs. */
const place = /\{\{([^{}$;]+)(?:;\s*(\d)\s*)?\}\}/g

/** Keys whose texts are read by machines: numbers in them have no separators. */
const exact = new Set(['query', 'claim', 'when', 'good', 'total', 'expr', 'commands'])

/** Fills one text. What cannot be evaluated stays as it is; `mistakesIn` tells it. */
export function fillText(text: string, values: Values, form: 'prose' | 'exact' = 'prose'): string {
  return text.replaceAll(place, (written, inner: string, decimals?: string) => {
    const answer = evaluate(inner, values)
    if (!answer.ok) return written
    if (typeof answer.value === 'string') return answer.value
    if (decimals !== undefined) return proseNumber(Number(answer.value.toFixed(Number(decimals))))
    return form === 'exact' ? String(Number(answer.value.toPrecision(6))) : proseNumber(answer.value)
  })
}

/** Fills every text in plain data. */
export function fillDeep<T>(value: T, values: Values, form: 'prose' | 'exact' = 'prose'): T {
  if (typeof value === 'string') return (value.includes('{{') ? fillText(value, values, form) : value) as T
  if (Array.isArray(value)) return value.map((item: unknown) => fillDeep(item, values, form)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillDeep<unknown>(item, values, exact.has(key) ? 'exact' : form)])) as T
}

/** What a text asks for that has no value. */
export function mistakesIn(text: string, values: Values): readonly string[] {
  return [...text.matchAll(place)].flatMap(([, inner = '']) => {
    const answer = evaluate(inner, values)
    return answer.ok ? [] : [answer.error]
  })
}
