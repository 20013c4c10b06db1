/** The compiler's declarations of the language, ES5 to ES2024, as texts by file name. For workers only: half a megabyte. */

const texts = import.meta.glob<string>(
  [
    '../../../../../node_modules/typescript-6/lib/lib.es5.d.ts',
    '../../../../../node_modules/typescript-6/lib/lib.es20{15,16,17,18,19,20,21,22,23,24}*.d.ts',
    '../../../../../node_modules/typescript-6/lib/lib.decorators*.d.ts',
  ],
  { query: '?raw', import: 'default', eager: true },
)

export const libraries: ReadonlyMap<string, string> = new Map(Object.entries(texts).map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1), text]))
