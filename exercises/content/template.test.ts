import { describe, expect, it } from 'vitest'
import { fieldLabel, fieldsOf, fillTemplate } from './template.ts'
import { parseTemplate } from './template-file.ts'

const body = '# {{title: what it is}}\n\n- Owner: {{owner: one person}}\n\n{{notes: all that is known}}\n\n| a | b |\n| --- | --- |\n| {{cell: short}} | {{title}} |\n\nLeft alone: {{ $value }} {{Name}}\n'
const fields = fieldsOf(body)
const file = (head: string, text = body): ReturnType<typeof parseTemplate> => parseTemplate('templates/note.md', `---\nid: note\ntitle: Note\nwhen: Always.\ngroup: Watching\n${head}---\n${text}`)
const rules = (parsed: ReturnType<typeof parseTemplate>): string[] => parsed.problems.map(({ line, rule }) => `${line} ${rule}`)

describe('fields', () => {
  it('are found once each, and are long where they stand alone', () =>
    expect(fields).toEqual([
      { name: 'title', hint: 'what it is', isLong: false },
      { name: 'owner', hint: 'one person', isLong: false },
      { name: 'notes', hint: 'all that is known', isLong: true },
      { name: 'cell', hint: 'short', isLong: false },
    ]))
  it('are filled everywhere, and show their hint while they are empty', () => {
    const filled = fillTemplate({ body, fields }, { title: 'Pool', notes: 'one\n\ntwo', cell: 'a | b\nc', owner: ' ' })
    expect(filled).toBe('# Pool\n\n- Owner: [one person]\n\none\n\ntwo\n\n| a | b |\n| --- | --- |\n| a \\| b c | Pool |\n\nLeft alone: {{ $value }} {{Name}}\n')
  })
  it('are named after their words', () => expect(fieldLabel('next-update')).toBe('Next update'))
})

describe('a template file', () => {
  it('gives its template and what it covers', () => {
    const { template, problems, references } = file('covers: [tmpl.note]\nexample: { title: a, owner: b, notes: c, cell: d }\n')
    expect(problems).toEqual([])
    expect(template).toMatchObject({ id: 'note', group: 'Watching', body, fields, example: { owner: 'b' } })
    expect(references).toEqual([{ kind: 'cover', id: 'tmpl.note', file: 'templates/note.md', line: 6 }])
  })
  it.each([
    ['no frontmatter', () => parseTemplate('templates/note.md', 'text'), ['1 frontmatter.missing']],
    ['an unknown key', () => file('colour: red\n'), ['6 schema.unknown-key']],
    ['another name', () => parseTemplate('templates/other.md', `---\nid: note\ntitle: Note\nwhen: Always.\ngroup: Watching\n---\n${body}`), ['2 template.id']],
    ['no field', () => file('', 'text\n'), ['7 template.fields']],
    ['a field without a hint', () => file('', '{{a}}\n'), ['7 template.hint']],
    ['an example that does not fit', () => file('example: { title: a, owner: b, notes: c, other: d }\n'), ['6 template.example', '6 template.example']],
    ['HTML in it', () => file('', '{{a: b}}\n\n<b>x</b>\n'), ['9 html.refused', '9 html.refused']],
  ])('complains of %s', (_, parsed, expected) => expect(rules(parsed())).toEqual(expected))
})
