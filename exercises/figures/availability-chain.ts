/**
 * Availability of parts in series, each made of copies in parallel: a part is down when all its copies are. `common` is
 * the share of a copy's downtime that hits all copies at once (the beta factor model: K. N. Fleming, 1974; in IEC
 * 61508-6): u_part = β u + ((1 - β) u)^n. Parts fail independently of each other. All in shares of 1.
 */
export function chainAvailability({ parts, part, copies, common }: { parts: number; part: number; copies: number; common: number }): { one: number; whole: number } {
  const down = 1 - part
  const partDown = copies === 1 ? down : common * down + ((1 - common) * down) ** copies
  return { one: 1 - partDown, whole: (1 - partDown) ** parts }
}

/** Minutes without service in so many days. */
export function downMinutes(availability: number, days: number): number {
  return (1 - availability) * days * 1440
}
