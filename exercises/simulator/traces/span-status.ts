import type { AttributeValue, Span } from './source.ts'

/** The outcome of a request as AWS X-Ray sorts it: by the class of its HTTP status. */
export interface RequestStatus {
  readonly ok: boolean
  /** 4xx; a throttled request counts too. */
  readonly error: boolean
  /** 5xx, or a span with an error and no HTTP status. */
  readonly fault: boolean
  /** 429. */
  readonly throttle: boolean
}

/** The first of several attributes that a span has; conventions have renamed some. */
export function firstAttribute(span: Span, names: readonly string[]): AttributeValue | null {
  for (const name of names) {
    const value = Object.hasOwn(span.attributes, name) ? span.attributes[name] : undefined
    if (value !== undefined) return value
  }
  return null
}

export function httpStatusOf(span: Span): number | null {
  const value = Number(firstAttribute(span, ['http.response.status_code', 'http.status_code']) ?? NaN)
  return Number.isFinite(value) ? value : null
}

export function nodeStatus(span: Span): RequestStatus {
  const status = httpStatusOf(span)
  if (status === null) return { ok: span.status !== 'error', error: false, fault: span.status === 'error', throttle: false }
  return { ok: status >= 200 && status < 300, error: status >= 400 && status < 500, fault: status >= 500, throttle: status === 429 }
}
