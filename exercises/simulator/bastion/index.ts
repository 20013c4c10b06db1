/** The bastion: a shell around the commands that ask the simulated world. The room and the course's pages run lines in it. */
export { mostCommands, mostComputingMs, mostShown } from './limits.ts'
export { ShellSession } from './shell-session.ts'
export type { LineAnswer, Operated } from './shell-session.ts'
export type { ShellHost } from './host.ts'
