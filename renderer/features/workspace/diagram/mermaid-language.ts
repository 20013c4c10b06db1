/** Mermaid's flowcharts, states and sequences for Monaco, which knows no Mermaid. */
import { languages } from 'monaco-editor/editor'

export const languageId = 'mermaid'

languages.register({ id: languageId, aliases: ['Mermaid'] })

languages.setLanguageConfiguration(languageId, {
  comments: { lineComment: '%%' },
  brackets: [
    ['[', ']'],
    ['(', ')'],
    ['{', '}'],
  ],
  autoClosingPairs: [
    { open: '[', close: ']' },
    { open: '(', close: ')' },
    { open: '{', close: '}' },
    { open: '"', close: '"', notIn: ['string', 'comment'] },
    { open: '|', close: '|', notIn: ['string', 'comment'] },
  ],
  surroundingPairs: [
    { open: '[', close: ']' },
    { open: '(', close: ')' },
    { open: '{', close: '}' },
    { open: '"', close: '"' },
    { open: '|', close: '|' },
  ],
  indentationRules: {
    increaseIndentPattern: /^\s*(flowchart|graph|sequenceDiagram|stateDiagram|subgraph|alt|else|opt|loop|par|and|critical|option|break|rect|box)\b/,
    decreaseIndentPattern: /^\s*(end|else|and|option)\b/,
  },
})

const keywords =
  'flowchart graph sequenceDiagram stateDiagram subgraph end direction participant actor as activate deactivate alt else opt loop par and critical option break rect box create destroy autonumber Note note over right left of state classDef class style linkStyle click LR RL TB TD BT'

languages.setMonarchTokensProvider(languageId, {
  keywords: keywords.split(' '),
  tokenizer: {
    root: [
      [/^\s*%%.*$/, 'comment'],
      [/"/, 'string', '@quoted'],
      [/\|[^|\n]*\|/, 'string'],
      // The words of a message; a colon inside a label has a closing bracket after it.
      [/(:)(\s[^\])}|]*)$/, ['operator', 'string']],
      // Words for readers: the condition of a block, the name after `as`.
      [/((?:alt|else|opt|loop|par|and|critical|option|break|as)\b)(\s.*)$/, ['keyword', 'string']],
      [/<?(--?|==?|-\.|\.-)[-.=]*(>>|>|x|o|\))?[+-]?/, 'operator'],
      [/~~~+|&|;|,|:::?/, 'operator'],
      [/\[\*\]/, 'number'],
      [/#[0-9a-fA-F]{3,6}\b|\b\d+(px|%)?\b/, 'number'],
      // Monarch reads no Unicode classes.
      [/[a-zA-Z_\u0080-\uffff][\w\u0080-\uffff]*/, { cases: { '@keywords': 'keyword', '@default': 'identifier' } }],
      [/[[\](){}]/, '@brackets'],
    ],
    quoted: [
      [/[^"]+/, 'string'],
      [/"/, 'string', '@pop'],
    ],
  },
})
