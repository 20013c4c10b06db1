/** `12,345`: a whole number as the course writes it, the same on every machine. */
export function thousands(amount: number): string {
  return String(amount).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}
