/** PostgreSQL's words for Monaco: dollar quotes, casts, nested comments, and its own keywords. */
import { languages } from 'monaco-editor/editor'
import { postgresKeywords } from './postgres-vocabulary.ts'

export const postgresLanguageId = 'postgres'

languages.register({ id: postgresLanguageId, aliases: ['PostgreSQL'] })

languages.setLanguageConfiguration(postgresLanguageId, {
  comments: { lineComment: '--', blockComment: ['/*', '*/'] },
  brackets: [['(', ')'], ['[', ']']],
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

languages.setMonarchTokensProvider(postgresLanguageId, {
  ignoreCase: true,
  keywords: postgresKeywords.map((keyword) => keyword.toLowerCase()),
  tokenizer: {
    root: [
      [/--.*$/, 'comment'],
      [/\/\*/, 'comment', '@comment'],
      // A line of the client's own, such as \retry.
      [/^\s*\\.*$/, 'number'],
      [/e'/, 'string', '@escaped'],
      [/'/, 'string', '@string'],
      [/\$([a-z_]\w*)?\$/, { token: 'string', next: '@dollar.$0' }],
      [/"(?:[^"]|"")*"/, 'identifier'],
      [/::/, 'operator'],
      [/:[a-z_]\w*|\$\d+/, 'number'],
      [/(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/, 'number'],
      [/[a-z_\u0080-\uffff][\w$\u0080-\uffff]*/, { cases: { '@keywords': 'keyword', '@default': 'identifier' } }],
      [/[()[\]]/, '@brackets'],
      [/[;,.]/, 'delimiter'],
      [/[<>=!|+\-*/%&~@#^?:]+/, 'operator'],
    ],
    comment: [
      [/\/\*/, 'comment', '@push'],
      [/\*\//, 'comment', '@pop'],
      [/[^*/]+|[*/]/, 'comment'],
    ],
    string: [
      [/''/, 'string'],
      [/'/, 'string', '@pop'],
      [/[^']+/, 'string'],
    ],
    escaped: [
      [/\\.|''/, 'string'],
      [/'/, 'string', '@pop'],
      [/[^'\\]+/, 'string'],
    ],
    dollar: [
      [/\$([a-z_]\w*)?\$/, { cases: { '$0==$S2': { token: 'string', next: '@pop' }, '@default': 'string' } }],
      [/[^$]+|\$/, 'string'],
    ],
  },
})
