import { RadioGroup as RadioPrimitive, Switch as SwitchPrimitive } from 'radix-ui'
import { createContext, useContext, useId } from 'react'
import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { classNames } from './class-names.ts'
import styles from './fields.module.css'

interface FieldIds {
  control: string
  description: string | undefined
  invalid: boolean
}
const FieldContext = createContext<FieldIds | null>(null)

/** A label, a control and what is wrong with it. Controls inside pick up the label and the description. */
export function Field({ label, description, error, children, inline = false }: { label: string; description?: ReactNode; error?: string | undefined; children: ReactNode; /** Label left, control right. */ inline?: boolean }) {
  const control = useId()
  const descriptionId = useId()
  const described = description !== undefined || error !== undefined
  return (
    <FieldContext value={{ control, description: described ? descriptionId : undefined, invalid: error !== undefined }}>
      <div className={classNames(styles.field, inline && styles.inline)}>
        <div className={styles.words}>
          <label className={styles.label} htmlFor={control} id={`${control}-label`}>
            {label}
          </label>
          {described && (
            <div className={styles.description} id={descriptionId}>
              {description}
              {error !== undefined && <div className={styles.error}>{error}</div>}
            </div>
          )}
        </div>
        {children}
      </div>
    </FieldContext>
  )
}

function useFieldProps(): { id?: string; 'aria-describedby'?: string; 'aria-invalid'?: true } {
  const field = useContext(FieldContext)
  if (field === null) return {}
  return {
    id: field.control,
    ...(field.description ? { 'aria-describedby': field.description } : {}),
    ...(field.invalid ? { 'aria-invalid': true } : {}),
  }
}

export function TextInput({ className, ...rest }: InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  return <input type="text" autoComplete="off" spellCheck={false} className={classNames(styles.input, className)} {...useFieldProps()} {...rest} />
}

/** Several lines of text. */
export function TextArea({ className, ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }) {
  return <textarea autoComplete="off" spellCheck={false} className={classNames(styles.input, styles.area, className)} {...useFieldProps()} {...rest} />
}

/** The system's own list: it works with every assistive technology and needs no code. */
export function Select({ className, ...rest }: SelectHTMLAttributes<HTMLSelectElement> & { ref?: Ref<HTMLSelectElement> }) {
  return <select className={classNames(styles.input, styles.select, className)} {...useFieldProps()} {...rest} />
}

export function Switch({ checked, onChange, label, disabled = false }: { checked: boolean; onChange(checked: boolean): void; /** Needed outside a Field. */ label?: string; disabled?: boolean }) {
  return (
    <SwitchPrimitive.Root className={styles.switch} checked={checked} onCheckedChange={onChange} disabled={disabled} {...useFieldProps()} {...(label ? { 'aria-label': label } : {})}>
      <SwitchPrimitive.Thumb className={styles.thumb} />
    </SwitchPrimitive.Root>
  )
}

export interface RadioOption<T extends string> {
  value: T
  label: ReactNode
  description?: ReactNode
  disabled?: boolean
}

/** One of a few. `segmented` draws a row of joined controls; else a column of circles. */
export function RadioGroup<T extends string>({ options, value, onChange, label, segmented = false, disabled = false }: { options: readonly RadioOption<T>[]; value: T | null; onChange(value: T): void; label: string; segmented?: boolean; disabled?: boolean }) {
  const id = useId()
  return (
    <RadioPrimitive.Root
      className={segmented ? styles.segments : styles.radios}
      value={value ?? ''}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next)
        if (chosen) onChange(chosen.value)
      }}
      aria-label={label}
      disabled={disabled}
    >
      {options.map((option) =>
        segmented ? (
          <RadioPrimitive.Item key={option.value} value={option.value} disabled={option.disabled ?? false} className={styles.segment}>
            {option.label}
          </RadioPrimitive.Item>
        ) : (
          <div key={option.value} className={styles.radioRow}>
            <RadioPrimitive.Item id={`${id}-${option.value}`} value={option.value} disabled={option.disabled ?? false} className={styles.radio}>
              <RadioPrimitive.Indicator className={styles.dot} />
            </RadioPrimitive.Item>
            <label htmlFor={`${id}-${option.value}`} className={styles.radioLabel}>
              {option.label}
              {option.description && <span className={styles.description}>{option.description}</span>}
            </label>
          </div>
        ),
      )}
    </RadioPrimitive.Root>
  )
}
