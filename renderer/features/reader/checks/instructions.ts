import type { Check } from '../../../../exercises/content/model.ts'

/** What to do with each form of question. */
export const instructions: Readonly<Record<Check['type'], string>> = {
  choice: 'Choose one',
  multiple: 'Choose every one that holds',
  number: 'Work it out',
  order: 'Put in order',
}
