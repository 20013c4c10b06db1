import { expect, it } from 'vitest'
import type { Block } from '../../../../exercises/content/model.ts'
import { chapter, multipleCheck, orderCheck } from '../fixture-chapter.ts'
import { chapterAnswers } from './chapter-answers.ts'

const text = (id: string): Block => ({ t: 'p', id, c: [{ t: 'text', v: id }] })

it('numbers every check in reading order, and hands what is folded to the check that it waits for', () => {
  const last = chapter.sections[1]!
  const folds: Block[] = [
    { t: 'after', check: 'pool-rate', c: [text('first'), { t: 'check', check: orderCheck }] },
    { t: 'check', check: multipleCheck },
    { t: 'after', check: 'pool-rate', c: [text('second')] },
  ]
  const answers = chapterAnswers({ ...chapter, sections: [chapter.sections[0]!, { ...last, blocks: [...last.blocks, ...folds] }] })
  expect(answers.map(({ number, check, section }) => [number, check.id, section])).toEqual([
    [1, 'slow-first', 'Opening'],
    [2, 'pool-rate', 'Locks'],
    [3, 'lock-order', 'Locks'],
    [4, 'which-hold', 'Locks'],
  ])
  expect(answers.map(({ folded }) => folded.map((block) => ('id' in block ? block.id : block.t)))).toEqual([[], ['first', 'check', 'second'], [], []])
})
