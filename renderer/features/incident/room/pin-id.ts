/** An id for a pin or a hypothesis, unique in its shift. */
export function newPinId(): string {
  return crypto.randomUUID()
}
