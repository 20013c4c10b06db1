// `npm run dev`: the browser host from sources, with the window reloaded as it is edited.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkNode, ensureDependencies, node24, root } from './steps.mjs'

checkNode()
await ensureDependencies()
const program = join(root, 'main', 'hosts', 'browser', 'main.ts')
const child = spawn(node24, [program, '--development', ...process.argv.slice(2)], { cwd: process.cwd(), stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
