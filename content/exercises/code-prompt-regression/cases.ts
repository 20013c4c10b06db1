export interface Case {
  id: string
  question: string
  /** Whether the assistant should answer this, or decline. */
  expect: 'answer' | 'refusal'
  /** Facts that must be there; each is a list of wordings, of which one is enough. */
  facts: readonly (readonly string[])[]
  /** Claims that must not be there. */
  forbidden: readonly string[]
  /** Keys of the JSON object that the output must be; a text when there are none. */
  keys?: readonly string[]
}

/** One recorded output. A call that timed out is recorded with the empty text. */
export interface Recording {
  caseId: string
  output: string
}

export interface CaseResult {
  id: string
  passed: number
  samples: number
  /** Bounds of the true rate of passing, at 95%. */
  low: number
  high: number
  verdict: 'pass' | 'fail' | 'unclear'
  /** Worse than with the old prompt, beyond chance. */
  regressed: boolean
}

export interface Report {
  cases: CaseResult[]
  verdict: 'ship' | 'block' | 'more samples'
}

/** The rate that each case must reach. */
export const minimumRate = 0.8

/** In the form that `plain` gives. */
export const refusalPhrases: readonly string[] = ["i can't", 'i cannot', "i'm unable", 'i am unable', "i'm not able", 'i am not able', 'please contact a human']

/** Lower case, single spaces, straight quotes. */
export function plain(text: string): string {
  return text.toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/\s+/g, ' ').trim()
}
