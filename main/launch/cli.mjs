// `npm run -s firedrill -- ...`: the authors' command line, from sources, on the project's own Node.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkNode, ensureDependencies, node24, root } from './steps.mjs'

checkNode()
await ensureDependencies()
const child = spawn(node24, [join(root, 'main', 'cli', 'index.ts'), ...process.argv.slice(2)], { cwd: process.cwd(), stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
