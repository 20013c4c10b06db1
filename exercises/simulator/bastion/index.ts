/** The bastion: a shell around the commands that ask the simulated world. The room and the course's pages run lines in it. */
export { mostCommands, mostComputingMs, mostShown } from './limits.ts'
export { ShellSession } from './shell-session.ts'
export type { LineAnswer } from './shell-session.ts'
export type { Operated } from './operated.ts'
export { mostRows } from './postgres/link.ts'
export type { PostgresLink } from './postgres/link.ts'
export type { RealTables } from './postgres/real-database.ts'
export type { ShellHost } from './host.ts'
