/** Writes docs/commands.md anew. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandsDocument } from './document.ts'

writeFileSync(join(import.meta.dirname, '..', '..', 'docs', 'commands.md'), commandsDocument())
