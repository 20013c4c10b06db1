/** What to do about an expression that was refused with Go's `message`. */
export function regexSuggestion(message: string): string {
  if (message.includes('Perl syntax')) return 'Expressions are RE2: they have no look-ahead, look-behind or back references.'
  if (message.includes('escape sequence')) return 'Put the expression in backticks so that backslashes stay: `\\d+`.'
  if (message.includes('missing argument')) return 'Write .* where a shell would write *.'
  return 'Put \\\\ before a character that should stand for itself.'
}
