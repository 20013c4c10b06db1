export interface Request {
  method: 'POST'
  scheme: 'https'
  /** Such as `/orders/17/pay`. The route is `/orders/{id}/pay`. */
  path: string
  headers: Readonly<Record<string, string | undefined>>
  orderId: string
  card: string
}

export interface Response {
  status: number
}

export interface LogRecord {
  severity: 'INFO' | 'ERROR'
  message: string
  order_id: string
  trace_id: string
  span_id: string
}

export interface Shop {
  /** Runs a query on PostgreSQL. */
  query(text: string, values: readonly unknown[]): Promise<{ total: number } | null>
  /** POST to `chargesUrl`. Rejects when no answer comes. */
  charge(body: { amount: number; card: string }, headers: Record<string, string>): Promise<Response>
  log(record: LogRecord): void
}

export const route = '/orders/{id}/pay'
export const orderQuery = 'SELECT total FROM orders WHERE id = $1'
export const chargesUrl = 'https://payments.example/charges'
