/** Compiles a pattern to the instructions of a small machine that follows all its alternatives at once. */
import { PatternFailure } from './syntax.ts'
import type { Assertion, Pattern, Range } from './syntax.ts'

export type Instruction =
  | { readonly kind: 'set'; readonly ranges: readonly Range[]; readonly negated: boolean; readonly fold: boolean; next: number }
  | { readonly kind: 'assert'; readonly test: Assertion; next: number }
  | { readonly kind: 'save'; readonly slot: number; next: number }
  /** Prefers `next` to `other`. */
  | { readonly kind: 'split'; next: number; other: number }
  | { readonly kind: 'match' }

const mostInstructions = 20_000

/** Instructions; the first is at the index that is returned. @throws PatternFailure where counted repeats make it too large */
export function compileProgram(root: Pattern, source: string): { instructions: readonly Instruction[]; start: number } {
  const instructions: Instruction[] = []
  const add = (instruction: Instruction): number => {
    if (instructions.length >= mostInstructions) throw new PatternFailure('expression too large', source.slice(0, 40))
    return instructions.push(instruction) - 1
  }
  /** Compiles backwards: every part knows what follows it. */
  const compile = (pattern: Pattern, next: number): number => {
    switch (pattern.kind) {
      case 'empty':
        return next
      case 'set':
        return add({ kind: 'set', ranges: pattern.ranges, negated: pattern.negated, fold: pattern.fold, next })
      case 'assert':
        return add({ kind: 'assert', test: pattern.test, next })
      case 'group': {
        const close = add({ kind: 'save', slot: pattern.index * 2 + 1, next })
        return add({ kind: 'save', slot: pattern.index * 2, next: compile(pattern.inner, close) })
      }
      case 'sequence':
        return pattern.items.reduceRight((following, item) => compile(item, following), next)
      case 'choice':
        return pattern.items
          .map((item) => compile(item, next))
          .reduceRight((other, first) => add({ kind: 'split', next: first, other }))
      case 'repeat':
        return repeat(pattern, next)
    }
  }
  const branch = (into: number, past: number, lazy: boolean): number => add({ kind: 'split', next: lazy ? past : into, other: lazy ? into : past })
  const repeat = ({ inner, least, most, lazy }: Extract<Pattern, { kind: 'repeat' }>, next: number): number => {
    let following = next
    if (most === null) {
      const loop = add({ kind: 'split', next: 0, other: 0 })
      const split = instructions[loop]
      const body = compile(inner, loop)
      if (split?.kind === 'split') {
        split.next = lazy ? next : body
        split.other = lazy ? body : next
      }
      following = loop
    } else for (let count = least; count < most; count += 1) following = branch(compile(inner, following), next, lazy)
    for (let count = 0; count < least; count += 1) following = compile(inner, following)
    return following
  }
  const end = add({ kind: 'match' })
  const start = compile(root, end)
  return { instructions, start }
}
