/** Comparisons of numbers; languages that have no assignment write `==` as `=`. */
export type Comparison = '=' | '==' | '!=' | '>' | '>=' | '<' | '<='

export function compareNumbers(left: number, comparison: Comparison, right: number): boolean {
  switch (comparison) {
    case '=':
    case '==': return left === right
    case '!=': return left !== right
    case '>': return left > right
    case '>=': return left >= right
    case '<': return left < right
    case '<=': return left <= right
  }
}
