declare module 'virtual:code-packages' {
  /** As `CodePackages` of the `code` kind has them. */
  export const modules: ReadonlyMap<string, string>
  export const types: ReadonlyMap<string, string>
}
