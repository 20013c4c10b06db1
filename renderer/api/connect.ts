import type { ApiClient } from '../../main/api/index.ts'
import { bridgeCarrier } from './bridge-carrier.ts'
import { createClient } from './client.ts'
import { socketCarrier } from './socket-carrier.ts'

/** Connects to the core over whatever this host offers. The screens never learn which. */
export function connect(): ApiClient {
  if (window.firedrill) return createClient(bridgeCarrier(window.firedrill))
  const url = new URL('/api', window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return createClient(socketCarrier(url.href))
}
