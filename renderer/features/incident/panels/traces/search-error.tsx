import { ErrorState } from '../../../../ui/index.ts'

/** What is wrong with a search, and what to write instead. */
export function SearchError({ error }: { error: { readonly message: string; readonly suggestion: string | null } }) {
  return <ErrorState title="The search cannot be read" message={<p>{error.suggestion === null ? error.message : `${error.message}. ${error.suggestion}`}</p>} />
}
