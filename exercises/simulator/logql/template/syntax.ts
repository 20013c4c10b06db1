/** The parsed form of a Go template, as far as line_format and label_format know it. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipeline: Pipeline }
  | { readonly kind: 'if'; readonly branches: readonly { readonly condition: Pipeline | null; readonly body: readonly TemplateNode[] }[] }

/** Commands joined by `|`: each gets the result of the one before as its last argument. */
export type Pipeline = readonly Command[]

export type Command =
  | { readonly kind: 'value'; readonly operand: Operand }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Operand[] }

export type Operand =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline }

/** Why a template is refused, in Go's words where it has them. `offset` is in UTF-16 units of the template. */
export class TemplateSyntaxError extends Error {
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.name = 'TemplateSyntaxError'
    this.offset = offset
  }
}
