/** "Good evening, Ada": by the hour of the day, 0..23. */
export function greeting(hour: number, name?: string): string {
  const part = hour >= 5 && hour < 12 ? 'Good morning' : hour >= 12 && hour < 18 ? 'Good afternoon' : 'Good evening'
  return name ? `${part}, ${name}` : part
}
