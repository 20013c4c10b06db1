export interface Request {
  method: 'GET'
  /** Who is greeted. */
  name: string
}

export interface Response {
  status: number
  body: string
}

export interface LogRecord {
  severity: 'INFO' | 'ERROR'
  message: string
  trace_id: string
  span_id: string
  'http.response.status_code': number
  /** The name and the message of the error; for records of severity ERROR. */
  'error.type'?: string
  'error.message'?: string
}

export interface Labels {
  method: string
  route: string
  /** Such as `500`. */
  status: string
}

export interface Services {
  /** At least 0, less than 1. */
  random: () => number
  /** Takes about 50 ms. Rejects now and then. */
  greet: (name: string) => Promise<string>
  log: (record: LogRecord) => void
  /** http_requests_total */
  count: (labels: Labels) => void
  /** http_request_duration_seconds. The exemplar joins a bucket to one trace that fell into it. */
  observe: (labels: Labels, seconds: number, exemplar: { trace_id: string }) => void
}

export const route = '/hello'
