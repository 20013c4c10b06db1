/** How a block of code on a page is run when the course is checked, and by what. */
export type CodeRun =
  /** `plan`: prints the query plan of the last statement and not its rows. */
  | { engine: 'sqlite' | 'postgres'; dataset: string | null; plan?: boolean }
  /** A question to an incident in which nobody acts, at minutes after its page (before it when negative). */
  | { engine: 'promql'; incident: string; atMinutes: number[]; most: number | null }
  | { engine: 'logql'; incident: string; atMinutes: number[]; sinceMinutes: number; most: number | null }
  /** A line in the incident's terminal. */
  | { engine: 'shell'; incident: string; atMinutes: number[]; most: number | null }
  /** A program of its own, in the sandbox of the code exercises. */
  | { engine: 'script'; language: 'ts' | 'js' }
