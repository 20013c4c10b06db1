/** The series selectors of an expression. */
import type { Expr } from './ast.ts'
import type { Matcher } from './source.ts'

/** The matchers of every selector, the metric's name among them as `__name__`, in the order of the text. */
export function selectorsOf(expr: Expr): readonly (readonly Matcher[])[] {
  switch (expr.kind) {
    case 'number':
    case 'string':
      return []
    case 'selector':
      return [expr.name === null || expr.matchers.some(({ name }) => name === '__name__') ? expr.matchers : [{ name: '__name__', op: '=', value: expr.name }, ...expr.matchers]]
    case 'matrix':
      return selectorsOf(expr.selector)
    case 'subquery':
    case 'unary':
    case 'paren':
      return selectorsOf(expr.expr)
    case 'aggregate':
      return [...(expr.param === null ? [] : selectorsOf(expr.param)), ...selectorsOf(expr.expr)]
    case 'call':
      return expr.args.flatMap(selectorsOf)
    case 'binary':
      return [...selectorsOf(expr.left), ...selectorsOf(expr.right)]
  }
}
