/** Flags of a command line, as pflag and getopt read them. */
export interface ParsedFlags {
  /** Words that are no flags, in order. */
  readonly words: readonly string[]
  /** By long name; several values of one flag are kept in order. Switches have 'true'. */
  readonly values: ReadonlyMap<string, readonly string[]>
  /** What stands after `--`; null where there is none. */
  readonly rest: readonly string[] | null
}

/** Which flags a command knows: by long name, with the short name and whether a value follows. */
export type FlagTable = Readonly<Record<string, { readonly short?: string; readonly value: boolean }>>

/** Reads flags: `--name value`, `--name=value`, `-n value`, `-nvalue`, `-ab`. An error is told in the words of pflag. */
export function parseFlags(args: readonly string[], table: FlagTable): ParsedFlags | { readonly error: string } {
  const words: string[] = []
  const values = new Map<string, string[]>()
  const add = (name: string, value: string): void => void values.set(name, [...(values.get(name) ?? []), value])
  let rest: readonly string[] | null = null
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? ''
    if (word === '--') {
      rest = args.slice(at + 1)
      break
    }
    if (word.startsWith('--')) {
      const [name = '', ...more] = word.slice(2).split('=')
      const flag = table[name]
      if (flag === undefined) return { error: `unknown flag: --${name}` }
      const next = args[at + 1]
      if (more.length > 0) add(name, more.join('='))
      else if (!flag.value) add(name, 'true')
      else if (next === undefined) return { error: `flag needs an argument: --${name}` }
      else {
        add(name, next)
        at += 1
      }
    } else if (word.startsWith('-') && word.length > 1) {
      for (let place = 1; place < word.length; place += 1) {
        const letter = word.slice(place, place + 1)
        const [name, flag] = Object.entries(table).find(([, { short }]) => short === letter) ?? []
        if (name === undefined || flag === undefined) return { error: `unknown shorthand flag: '${letter}' in ${word}` }
        if (!flag.value) {
          add(name, 'true')
          continue
        }
        const joined = word.slice(place + 1).replace(/^=/, '')
        const next = args[at + 1]
        if (joined === '' && next === undefined) return { error: `flag needs an argument: '${letter}' in ${word}` }
        add(name, joined === '' ? (next ?? '') : joined)
        if (joined === '') at += 1
        break
      }
    } else words.push(word)
  }
  return { words, values, rest }
}

/** The last value of a flag, or null. */
export function flagValue({ values }: ParsedFlags, name: string): string | null {
  return values.get(name)?.at(-1) ?? null
}

/** Whether a switch is set. */
export function flagSet({ values }: ParsedFlags, name: string): boolean {
  const value = values.get(name)?.at(-1)
  return value !== undefined && value !== 'false'
}
