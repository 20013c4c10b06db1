/** What a question of a decision is drawn with. */
import type { DecisionCheck, DecisionCheckOf } from '../../../../../exercises/kinds/decision/schema.ts'

export interface QuestionViewProps<Type extends DecisionCheck['type']> {
  check: DecisionCheckOf<Type>
  /** What was decided, as the answer holds it; undefined for nothing yet. */
  value: unknown
  /** Id of the question's heading. */
  labelledBy: string
  decide(value: unknown): void
}
