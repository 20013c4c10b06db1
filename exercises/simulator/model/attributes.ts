import type { Recorder } from '../telemetry/index.ts'

/** Most attributes of a request, and most values of one: four bytes of a call. */
export const mostAttributes = 4
const mostValues = 255

/** Attributes of users' requests (tier, region, browser), by which slow and normal traces can be told apart. */
export class UserAttributes {
  readonly names: string[] = []
  private readonly values: string[][] = []

  /** Number of an attribute and a value, made when they are new; null when there is no room. Values count from 1. */
  add(name: string, value: string): { readonly index: number; readonly value: number } | null {
    let index = this.names.indexOf(name)
    if (index < 0) {
      if (this.names.length === mostAttributes) return null
      index = this.names.push(name) - 1
      this.values.push([])
    }
    const values = this.values[index] ?? []
    let at = values.indexOf(value)
    if (at < 0) {
      if (values.length === mostValues) return null
      at = values.push(value) - 1
    }
    return { index, value: at + 1 }
  }

  /** Word of a value of an attribute; empty when the request has none. */
  word(index: number, value: number): string {
    return this.values[index]?.[value - 1] ?? ''
  }

  /** Numbers of a known attribute and value; null when no client gives it. */
  find(name: string, value: string): { readonly index: number; readonly value: number } | null {
    const index = this.names.indexOf(name)
    const at = this.values[index]?.indexOf(value.trim()) ?? -1
    return at < 0 ? null : { index, value: at + 1 }
  }

  /** Numbers in the string table of each value of each attribute; value 0 is absent. */
  texts(recorder: Recorder): readonly (readonly number[])[] {
    return this.values.map((values) => [0, ...values.map((value) => recorder.intern(value))])
  }
}
