/** Markdown to a syntax tree: CommonMark, GitHub's tables and task lists, frontmatter, and our directives. */
import remarkDirective from 'remark-directive'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import type { Processor } from 'unified'
import type { Root } from 'mdast'
import type { Construct, Extension } from 'micromark-util-types'

const colon = 58

/**
 * `:name` in running text is a directive to remark-directive, so `14:03`, `a:b` and `'x'::text` would lose their
 * colons. Only `:num[` is one here: this construct looks ahead and leaves all other colons to the text.
 */
const numberAhead: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    let at = 0
    const wanted = ':num['
    return function next(code) {
      if (code !== wanted.charCodeAt(at)) return nok(code)
      at += 1
      if (at === 1) effects.enter('data')
      effects.consume(code)
      if (at < wanted.length) return next
      effects.exit('data')
      return ok
    }
  },
}

function onlyNumbers(directive: Construct): Construct {
  return {
    ...directive,
    tokenize(effects, ok, nok) {
      return effects.check(numberAhead, directive.tokenize.call(this, effects, ok, nok), nok)
    },
  }
}

function narrowTextDirectives(this: Processor): undefined {
  const extensions = (this.data().micromarkExtensions ?? []) as Extension[]
  for (const extension of extensions) {
    const directive = extension.flow?.[colon] && extension.text?.[colon]
    if (extension.text && directive && !Array.isArray(directive)) extension.text[colon] = onlyNumbers(directive)
  }
}

const withFrontmatter = unified().use(remarkParse).use(remarkGfm, { singleTilde: false }).use(remarkFrontmatter, ['yaml']).use(remarkDirective).use(narrowTextDirectives)
const bare = unified().use(remarkParse).use(remarkGfm, { singleTilde: false }).use(remarkDirective).use(narrowTextDirectives)

/** Parses a text. `frontmatter` says whether a leading `---` block is YAML; elsewhere it is a rule. */
export function parseMarkdown(text: string, frontmatter: boolean): Root {
  return (frontmatter ? withFrontmatter : bare).parse(text)
}
