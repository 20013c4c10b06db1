/** A template being filled in: its fields, how it will read, and ways to take it along. */
import { useId, useMemo, useState, type ReactNode } from 'react'
import { fieldLabel, fillTemplate } from '../../../exercises/content/template.ts'
import type { Template } from '../../../exercises/content/template.ts'
import { useCommands } from '../../app/commands.tsx'
import { part } from '../../app/part.tsx'
import { saveTextFile } from '../../app/save-file.ts'
import { useToast } from '../../app/toast.tsx'
import { Button, CopyButton, Field, Skeleton, TextArea } from '../../ui/index.ts'
import { useDraft } from '../workspace/draft.ts'
import type { Draft } from '../workspace/draft.ts'
import { readValues } from './template-values.ts'
import type { Values } from './template-values.ts'
import styles from './templates.module.css'

/** Compiling Markdown takes a library that the reader does without. */
const preview = part(() => import('./template-preview.tsx'), <Skeleton lines={8} label="Preparing the preview" />)

/** Fills in one template; what was written before is there again. `hasCommands`: it is the screen's, and not one of several in a text. */
export function TemplateForm({ template, hasCommands = false }: { template: Template; hasCommands?: boolean }): ReactNode {
  const draft = useDraft(`template:${template.id}`)
  if (draft.text === undefined) return <Skeleton lines={8} label="Looking for what you wrote" />
  return <FilledForm template={template} draft={draft} start={readValues(draft.text)} hasCommands={hasCommands} />
}

function savedWords({ saved }: Draft): string {
  switch (saved.name) {
    case 'untouched':
      return ''
    case 'saving':
      return 'Keeping'
    case 'saved':
      return 'Kept'
    case 'memory':
      return 'Kept in memory; the disk does not take it yet'
    case 'failed':
      return saved.message
  }
}

function FilledForm({ template, draft, start, hasCommands }: { template: Template; draft: Draft; start: Values; hasCommands: boolean }): ReactNode {
  const toast = useToast()
  const fieldsId = useId()
  const previewId = useId()
  const [values, setValues] = useState(start)
  const text = useMemo(() => fillTemplate(template, values), [template, values])
  const isEmpty = Object.values(values).every((value) => value.trim() === '')
  const open = template.fields.filter(({ name }) => (values[name] ?? '').trim() === '').length
  const keep = (next: Values): void => {
    setValues(next)
    draft.keep(JSON.stringify(next))
  }
  const replace = (next: Values, said: string): void => {
    const before = values
    keep(next)
    if (!isEmpty) toast(said, { label: 'Undo', run: () => keep(before) })
  }
  const save = (): void => saveTextFile(`${template.id}.md`, text, 'text/markdown')
  const { example } = template
  return (
    <div className={styles.form}>
      {hasCommands ? <FormCommands text={text} save={save} /> : null}
      <div className={styles.bar}>
        <CopyButton text={text} label="Copy as Markdown" />
        <Button onClick={save}>Save as a file</Button>
        {example === null ? null : (
          <Button variant="quiet" onClick={() => replace(example, 'The example stands in place of what you wrote.')}>
            Show the example
          </Button>
        )}
        <Button variant="quiet" disabled={isEmpty} onClick={() => replace({}, 'The fields are empty.')}>
          Clear
        </Button>
        <span className={styles.state}>
          {open === 0 ? 'Every field is filled.' : `${String(open)} of ${String(template.fields.length)} fields open.`} <output>{savedWords(draft)}</output>
        </span>
      </div>
      <div className={styles.columns}>
        <section aria-labelledby={fieldsId} className={styles.fields}>
          <h2 id={fieldsId} className="visually-hidden">
            Fields
          </h2>
          {template.fields.map(({ name, hint, isLong }) => {
            const value = values[name] ?? ''
            const change = (next: string): void => keep({ ...values, [name]: next })
            return (
              <Field key={name} label={fieldLabel(name)} description={hint}>
                <TextArea className={styles.area} rows={isLong ? 4 : 1} value={value} spellCheck onChange={(event) => change(event.target.value)} />
              </Field>
            )
          })}
        </section>
        <section aria-labelledby={previewId} className={styles.preview}>
          <h2 id={previewId} className="visually-hidden">
            Preview
          </h2>
          <preview.View text={text} />
        </section>
      </div>
    </div>
  )
}

function FormCommands({ text, save }: { text: string; save(): void }): null {
  const toast = useToast()
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => toast('Copied as Markdown.'),
      () => toast('Not copied: this window may not write to the clipboard. Save it as a file.'),
    )
  }
  useCommands([
    { id: 'template.copy', title: 'Copy as Markdown', section: 'Template', run: copy },
    { id: 'template.save', title: 'Save as a file', section: 'Template', run: save },
  ])
  return null
}
