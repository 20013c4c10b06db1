// `npm run bench`: measures the budgets of the architecture on the built app.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { checkNode, ensureBuild, ensureDependencies, node24, root } from './steps.mjs'

checkNode()
await ensureDependencies()
await ensureBuild()
const env = { ...process.env, ...(await ensureBrowser()) }
const child = spawn(node24, [join(root, 'test', 'bench', 'index.ts'), ...process.argv.slice(2)], { cwd: root, env, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
