import type { ChangeKind, Part } from './part.ts'

type Without<P extends Part, Arguments, Key extends keyof ChangeKind> = Omit<ChangeKind<P, Arguments>, Key>

/** Something that the world does to a part; it strikes at once. */
export function fault<P extends Part, Arguments>(kind: Without<P, Arguments, 'use' | 'durationUs'>): ChangeKind<P> {
  return { ...kind, use: 'fault', durationUs: () => 0 } as unknown as ChangeKind<P>
}

/** Something that an operator does to a part. @param kind with the time that it takes */
export function action<P extends Part, Arguments>(kind: Without<P, Arguments, 'use'>): ChangeKind<P> {
  return { ...kind, use: 'action' } as unknown as ChangeKind<P>
}

/** Something that an operator can do, and that can also happen. */
export function either<P extends Part, Arguments>(kind: Without<P, Arguments, 'use'>): ChangeKind<P> {
  return { ...kind, use: 'both' } as unknown as ChangeKind<P>
}
