/** SQLite's words for Monaco. Its own SQL grammar is T-SQL's, which takes `user_id` for a function. */
import { languages } from 'monaco-editor/editor'

export const languageId = 'sqlite'

/** The keywords of SQLite 3.54 (https://sqlite.org/lang_keywords.html) that a learner meets. */
const keywords =
  'abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade case cast check collate column commit conflict constraint create cross current current_date current_time current_timestamp database default deferrable deferred delete desc detach distinct do drop each else end escape except exclude exclusive exists explain fail filter first following for foreign from full generated glob group groups having if ignore immediate in index indexed initially inner insert instead intersect into is isnull join key last left like limit match materialized natural no not nothing notnull null nulls of offset on or order others outer over partition plan pragma preceding primary query raise range recursive references regexp reindex release rename replace restrict returning right rollback row rows savepoint select set table temp temporary then ties to transaction trigger unbounded union unique update using vacuum values view virtual when where window with without'

languages.register({ id: languageId, aliases: ['SQLite'] })

languages.setLanguageConfiguration(languageId, {
  comments: { lineComment: '--', blockComment: ['/*', '*/'] },
  brackets: [['(', ')']],
  autoClosingPairs: [
    { open: '(', close: ')', notIn: ['string', 'comment'] },
    { open: "'", close: "'", notIn: ['string', 'comment'] },
  ],
  surroundingPairs: [
    { open: '(', close: ')' },
    { open: "'", close: "'" },
    { open: '"', close: '"' },
  ],
})

languages.setMonarchTokensProvider(languageId, {
  ignoreCase: true,
  keywords: keywords.split(' '),
  tokenizer: {
    root: [
      [/--.*$/, 'comment'],
      [/\/\*/, 'comment', '@comment'],
      [/x'[0-9a-f]*'/, 'number'],
      [/'/, 'string', '@string'],
      [/"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]/, 'identifier'],
      [/[:@$][\w$]+|\?\d*/, 'number'],
      [/0x[0-9a-f]+|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/, 'number'],
      [/[a-z_\u0080-\uffff][\w$\u0080-\uffff]*/, { cases: { '@keywords': 'keyword', '@default': 'identifier' } }],
      [/[()]/, '@brackets'],
      [/[;,.]/, 'delimiter'],
      [/[<>=!|+\-*/%&~]+/, 'operator'],
    ],
    comment: [
      [/\*\//, 'comment', '@pop'],
      [/[^*]+|\*/, 'comment'],
    ],
    string: [
      [/''/, 'string'],
      [/'/, 'string', '@pop'],
      [/[^']+/, 'string'],
    ],
  },
})
