export { connect } from './connect.ts'
export { createClient } from './client.ts'
export type { Carrier } from './client.ts'
