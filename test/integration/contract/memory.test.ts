import { createClient } from '../../../renderer/api/client.ts'
import { openCore } from './open-core.ts'
import { describeContract } from './suite.ts'

describeContract('memory', 'memory', async (dataDir) => {
  const core = await openCore(dataDir, 'memory')
  const overJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
  const sendRaw = async (name: string, input: unknown): Promise<unknown> => overJson(await core.call(name, overJson(input)))
  return {
    client: createClient({
      send: sendRaw,
      onPush: (listener) => void core.subscribe((name, payload) => listener(name, overJson(payload))),
      onState: () => undefined,
    }),
    sendRaw,
    close: () => core.close(),
  }
})
