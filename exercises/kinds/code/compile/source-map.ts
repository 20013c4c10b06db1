/** Reads the mappings of a source map (version 3, one source) as far as lines and columns go. */

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

interface Segment {
  /** 1-based, as stacks count them. */
  column: number
  sourceLine: number
  sourceColumn: number
}

export class SourceMap {
  /** The `mappings` text of the map. */
  readonly mappings: string
  readonly #lines: Segment[][]

  constructor(mappings: string) {
    this.mappings = mappings
    let sourceLine = 0
    let sourceColumn = 0
    this.#lines = mappings.split(';').map((line) => {
      let column = 0
      const segments: Segment[] = []
      for (const text of line === '' ? [] : line.split(',')) {
        const [columnStep = 0, source, lineStep = 0, sourceStep = 0] = decode(text)
        column += columnStep
        if (source === undefined) continue
        sourceLine += lineStep
        sourceColumn += sourceStep
        segments.push({ column: column + 1, sourceLine: sourceLine + 1, sourceColumn: sourceColumn + 1 })
      }
      return segments
    })
  }

  /** The place in the source of a place in what was generated, 1-based; null where nothing was mapped. */
  find(line: number, column: number): { line: number; column: number } | null {
    const segments = this.#lines[line - 1]
    const segment = segments?.findLast((other) => other.column <= column) ?? segments?.[0]
    return segment === undefined ? null : { line: segment.sourceLine, column: segment.sourceColumn }
  }
}

/** The numbers of one segment in base-64 VLQ: six bits a digit, the lowest bit of the number is its sign. */
function decode(text: string): number[] {
  const numbers: number[] = []
  let value = 0
  let shift = 0
  for (const letter of text) {
    const digit = digits.indexOf(letter)
    value += (digit & 31) << shift
    shift += 5
    if ((digit & 32) !== 0) continue
    numbers.push((value & 1) === 1 ? -(value >> 1) : value >> 1)
    value = 0
    shift = 0
  }
  return numbers
}
