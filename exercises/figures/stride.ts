/** STRIDE per element of a data-flow diagram: A. Shostack, "Threat Modeling: Designing for Security" (2014), chapter 3. */

export const threatNames = { S: 'Spoofing', T: 'Tampering', R: 'Repudiation', I: 'Information disclosure', D: 'Denial of service', E: 'Elevation of privilege' } as const
export type Threat = keyof typeof threatNames
export type ElementKind = 'external' | 'process' | 'store' | 'flow'

/** What threatens each kind of element. A store that holds logs is open to repudiation too. */
export const threatsOf: Readonly<Record<ElementKind, readonly Threat[]>> = {
  external: ['S', 'R'],
  process: ['S', 'T', 'R', 'I', 'D', 'E'],
  store: ['T', 'R', 'I', 'D'],
  flow: ['T', 'I', 'D'],
}

export type StrideElement = 'browser' | 'request' | 'api' | 'query' | 'orders' | 'call' | 'provider'

export interface Inspected {
  name: string
  kind: ElementKind
  crossesBoundary: boolean
  /** One question for each threat that applies. */
  questions: Readonly<Partial<Record<Threat, string>>>
}

/** The parts of a checkout: who orders, what answers, where it is kept, and whom it pays. */
export const strideElements: Readonly<Record<StrideElement, Inspected>> = {
  browser: {
    name: 'Browser',
    kind: 'external',
    crossesBoundary: false,
    questions: { S: 'Can someone order in the name of another customer, with a stolen session or a guessed id?', R: 'Can a customer deny an order, and does a record show who placed it?' },
  },
  request: {
    name: 'Request',
    kind: 'flow',
    crossesBoundary: true,
    questions: { T: 'Can the price or the order id be changed on the way, or by the client itself?', I: 'Can others on the network, a proxy or an access log read the session token or the address?', D: 'Can one client send so many requests that others wait?' },
  },
  api: {
    name: 'Order API',
    kind: 'process',
    crossesBoundary: false,
    questions: {
      S: 'Can another service pose as this one to the database or the provider?',
      T: 'Can input change what it runs: SQL, a template, a deserialised object?',
      R: 'Does it log who changed what, where the caller cannot erase it?',
      I: 'Do errors, logs or another customer’s order id give away data?',
      D: 'Can a slow provider or one large request use up all its connections?',
      E: 'Can a customer reach an administrator’s action by naming it?',
    },
  },
  query: {
    name: 'Query',
    kind: 'flow',
    crossesBoundary: false,
    questions: { T: 'Can a statement be changed by what a customer typed?', I: 'Do queries travel or get logged in the clear, with personal data in them?', D: 'Can one query without a limit or an index block the others?' },
  },
  orders: {
    name: 'Orders database',
    kind: 'store',
    crossesBoundary: false,
    questions: { T: 'Who can change a paid order by hand, or restore an old copy over it?', R: 'If it holds the audit log: can whoever acts also delete the record of it?', I: 'Who can read backups, replicas and exports?', D: 'Can its disk fill up or its connections run out?' },
  },
  call: {
    name: 'Call',
    kind: 'flow',
    crossesBoundary: true,
    questions: { T: 'Is a callback from the provider verified before an order counts as paid?', I: 'Do card data or keys stand in a URL, a header that is logged, or a trace?', D: 'Does the call have a timeout, so that the provider cannot hold our threads?' },
  },
  provider: {
    name: 'Payment provider',
    kind: 'external',
    crossesBoundary: false,
    questions: { S: 'Can someone else send “paid” in its name?', R: 'Can it deny a payment, and do we keep its signed answer?' },
  },
}
