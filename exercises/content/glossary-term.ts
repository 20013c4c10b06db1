/** A term of the glossary. Apart from the file's parser, so that the window can do without it. */
import { z } from 'zod'

export const glossaryTermSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, 'expected lower-case letters, digits and hyphens'),
  term: z.string().min(1),
  /** Other spellings that mean the same: plurals, short forms. */
  also: z.array(z.string().min(1)).default([]),
  /** One sentence. */
  means: z.string().min(1).regex(/\.$/, 'expected a sentence that ends with a full stop'),
  /** The chapter that teaches it. */
  chapter: z.string(),
  /** Where its definition comes up in the text: everywhere, in its own chapter, or nowhere, for a word with other meanings. */
  hover: z.enum(['always', 'chapter', 'never']).default('always'),
  /** Ids of related terms. */
  see: z.array(z.string()).default([]),
})
export type GlossaryTerm = z.output<typeof glossaryTermSchema>
