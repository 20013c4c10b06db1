/** What a reader calls it: `Chapter 7`, or `Appendix` for what stands after the chapters. */
export function placeName({ id, number }: { id: string; number: number }): string {
  return id.startsWith('apx-') ? 'Appendix' : `Chapter ${String(number)}`
}
