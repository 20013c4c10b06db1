/** The thread in which a page's programs run. */
import { answerRequests } from './ask-thread.ts'
import { runScript } from './run-script.ts'
import type { ScriptRequest } from './script-engine.ts'

answerRequests<ScriptRequest>(({ language, text }) => runScript(language, text))
