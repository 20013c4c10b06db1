import { matcherTest, type Labels, type Matcher } from '../query/matcher.ts'

/** Finds label sets by matchers: for each label and value, the numbers of the sets that carry it, ascending. */
export class LabelIndex {
  private readonly postings = new Map<string, Map<string, number[]>>()
  private readonly sets: Labels[] = []

  /** Adds a label set; its number is the count of sets before it. */
  add(labels: Labels): void {
    const id = this.sets.length
    this.sets.push(labels)
    for (const name of Object.keys(labels)) {
      let values = this.postings.get(name)
      if (values === undefined) this.postings.set(name, (values = new Map()))
      const value = labels[name] ?? ''
      const ids = values.get(value)
      if (ids === undefined) values.set(value, [id])
      else ids.push(id)
    }
  }

  /** Numbers of the sets that satisfy all matchers, ascending. */
  select(matchers: readonly Matcher[]): readonly number[] {
    let candidates: readonly number[] | null = null
    const rest: Matcher[] = []
    for (const matcher of matchers) {
      // Only `=` with a value narrows by postings: every other kind may also match sets without the label.
      if (matcher.op !== '=' || matcher.value === '') {
        rest.push(matcher)
        continue
      }
      const ids: readonly number[] = this.postings.get(matcher.name)?.get(matcher.value) ?? []
      candidates = candidates === null ? ids : intersect(candidates, ids)
    }
    let found: readonly number[] = candidates ?? this.sets.map((_, id) => id)
    for (const matcher of rest) {
      const test = matcherTest(matcher)
      const verdicts = new Map<string, boolean>()
      found = found.filter((id) => {
        const value = this.sets[id]?.[matcher.name] ?? ''
        let verdict = verdicts.get(value)
        if (verdict === undefined) verdicts.set(value, (verdict = test(value)))
        return verdict
      })
    }
    return found
  }

  /** All label names, sorted. */
  names(): readonly string[] {
    return [...this.postings.keys()].sort()
  }

  /** All values of a label, sorted. */
  values(name: string): readonly string[] {
    return [...(this.postings.get(name)?.keys() ?? [])].sort()
  }
}

function intersect(left: readonly number[], right: readonly number[]): readonly number[] {
  const result: number[] = []
  let at = 0
  for (const id of left) {
    while (at < right.length && (right[at] ?? Infinity) < id) at += 1
    if (right[at] === id) result.push(id)
  }
  return result
}
