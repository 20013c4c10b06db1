/** Who reads which partition: one list of partitions for each member, in the order of the members. */

/** As Kafka's RangeAssignor for one topic: neighbours together, the first members get one more. Forgets who had what. */
export function rangeAssignment(members: number, partitions: number): readonly (readonly number[])[] {
  const each = Math.floor(partitions / Math.max(1, members))
  const extra = partitions - each * members
  return Array.from({ length: members }, (_, member) => {
    const first = member * each + Math.min(member, extra)
    return Array.from({ length: each + (member < extra ? 1 : 0) }, (_unused, index) => first + index)
  })
}

/** As Kafka's CooperativeStickyAssignor: members keep what they have, as far as that is fair; only the rest moves. */
export function stickyAssignment(owned: readonly (readonly number[])[], partitions: number): readonly (readonly number[])[] {
  const members = owned.length
  if (members === 0) return []
  const each = Math.floor(partitions / members)
  let extras = partitions - each * members
  const taken = new Set<number>()
  const kept = owned.map((own) => {
    const valid = own.filter((partition) => partition < partitions && !taken.has(partition))
    const allowed = valid.length > each && extras > 0 ? each + 1 : each
    if (allowed > each) extras -= 1
    const keep = valid.slice(0, allowed)
    for (const partition of keep) taken.add(partition)
    return keep
  })
  const free = Array.from({ length: partitions }, (_, partition) => partition).filter((partition) => !taken.has(partition))
  const fill = (most: number): void => {
    for (const own of kept) while (own.length < most && free.length > 0) own.push(free.shift() ?? 0)
  }
  fill(each)
  for (const own of kept) if (own.length === each && free.length > 0) own.push(free.shift() ?? 0)
  return kept
}
