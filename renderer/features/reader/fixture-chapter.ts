/** A small chapter for tests of the reader. */
import type { Chapter, Check, Walkthrough } from '../../../exercises/content/model.ts'

const words = (id: string, v: string): { t: 'p'; id: string; c: [{ t: 'text'; v: string }] } => ({ t: 'p', id, c: [{ t: 'text', v }] })

export const choiceCheck: Check = {
  id: 'slow-first',
  type: 'choice',
  prompt: [words('q1', 'Which hop grew first?')],
  covers: [],
  skills: ['sql.plans'],
  options: [
    { id: 'a', label: [{ t: 'text', v: 'The API' }], correct: false, explanation: [words('ea', 'It waits for the database.')] },
    { id: 'b', label: [{ t: 'text', v: 'The database' }], correct: true, explanation: [words('eb', 'It rose at 14:03:20.')] },
    { id: 'c', label: [{ t: 'text', v: 'The cache' }], correct: false, explanation: [words('ec', 'Its hit rate did not move.')] },
  ],
}

export const multipleCheck: Check = {
  ...choiceCheck,
  id: 'which-hold',
  type: 'multiple',
  options: choiceCheck.options.map((option) => ({ ...option, correct: option.id !== 'c' })),
}

export const numberCheck: Check = {
  id: 'pool-rate',
  type: 'number',
  prompt: [words('q2', 'How many a second?')],
  covers: [],
  skills: [],
  answer: 1.66,
  tolerance: 0.02,
  unit: 'checkouts/s',
  explanation: [words('e2', '50 / 30.05.')],
}

export const orderCheck: Check = {
  id: 'lock-order',
  type: 'order',
  prompt: [words('q3', 'In which order?')],
  covers: [],
  skills: [],
  items: ['one', 'two', 'three', 'four'].map((id) => ({ id, label: [{ t: 'text', v: id }] })),
  explanation: [words('e3', 'As they came.')],
}

export const walkthrough: Walkthrough = {
  id: 'slow-report',
  title: 'The slow report',
  covers: [],
  skills: [],
  budgetMinutes: 10,
  intro: [words('w0', 'It is 09:04.')],
  stages: ['measure', 'mend'].map((id) => ({
    id,
    title: id,
    situation: [words(`${id}-s`, 'Look.')],
    observations: [
      { id: 'plan', label: 'Read the plan', minutes: 4, reveals: [words(`${id}-r`, 'SCAN')], expert: [words(`${id}-x`, 'A scan.')], useful: true },
      { id: 'cpu', label: 'Look at the CPU', minutes: 7, reveals: [words(`${id}-c`, '12%')], expert: [words(`${id}-y`, 'Idle.')], useful: false },
    ],
    decision: { prompt: [words(`${id}-d`, 'What now?')], options: choiceCheck.options },
    outcome: [words(`${id}-o`, 'It is fast.')],
  })),
  debrief: [words('w9', 'The plan first.')],
}

export const chapter: Chapter = {
  id: 'ch07',
  number: 7,
  slug: 'databases',
  title: 'Databases',
  question: 'Slow or wrong?',
  objectives: [],
  needs: [],
  minutes: 5,
  covers: [],
  skills: [],
  revision: 'r1',
  walkthroughs: [walkthrough],
  sections: [
    { id: 'opening', title: 'Opening', covers: [], words: 10, blocks: [words('p1', 'Monday.'), { t: 'check', check: choiceCheck }] },
    {
      id: 'locks',
      title: 'Locks',
      covers: [],
      words: 20,
      blocks: [
        words('p2', 'Two clerks.'),
        { t: 'list', ordered: false, start: 1, items: [[words('p3', 'One.')], [words('p4', 'Two.')]] },
        { t: 'rule' },
        { t: 'heading', depth: 3, id: 'waits', c: [{ t: 'text', v: 'Who waits' }] },
        { t: 'callout', kind: 'wrong', title: 'Said often', c: [{ t: 'check', check: numberCheck }] },
        { t: 'exercise', id: 'sql-locks' },
      ],
    },
  ],
}
