import type { RefObject } from 'react'
import type { LibraryIndex } from '../../../exercises/content/model.ts'
import { useLibrary } from '../../app/data.ts'
import { Kbd, Select, TextInput } from '../../ui/index.ts'
import { difficultyWords, kindNames } from '../reader/blocks/exercise-state.ts'
import type { ExerciseFilter } from './exercise-filter.ts'
import styles from './exercises.module.css'

interface Choice {
  value: string
  label: string
}

/** What to look for among the exercises. Lists offer only what some exercise has. */
export function ExerciseFilters({ filter, onChange, count, inputRef }: { filter: ExerciseFilter; onChange(filter: ExerciseFilter): void; count: string; inputRef: RefObject<HTMLInputElement | null> }) {
  const library = useLibrary()
  const choices = choicesOf(library)
  const select = (label: string, every: string, field: 'kind' | 'chapter' | 'skill' | 'state', list: readonly Choice[]) => (
    <Select aria-label={label} value={filter[field]} onChange={(event) => onChange({ ...filter, [field]: event.target.value })}>
      <option value="">{every}</option>
      {list.map(({ value, label: words }) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </Select>
  )
  return (
    <search className={styles.filters}>
      <div className={styles.search}>
        <TextInput
          ref={inputRef}
          type="search"
          aria-label="Filter by words"
          placeholder="Filter by words"
          value={filter.text}
          onChange={(event) => onChange({ ...filter, text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.preventDefault()
            onChange({ ...filter, text: '' })
            event.currentTarget.blur()
          }}
        />
        <span className={styles.searchKey} aria-hidden="true">
          <Kbd keys="/" />
        </span>
      </div>
      {select('Kind', 'Every kind', 'kind', choices.kinds)}
      {select('Chapter', 'Every chapter', 'chapter', choices.chapters)}
      {select('Skill', 'Every skill', 'skill', choices.skills)}
      <Select aria-label="Difficulty" value={filter.difficulty} onChange={(event) => onChange({ ...filter, difficulty: Number(event.target.value) })}>
        <option value={0}>Every difficulty</option>
        {Object.entries(difficultyWords).map(([level, word]) => (
          <option key={level} value={level}>
            {word}
          </option>
        ))}
      </Select>
      {select('State', 'Every state', 'state', [
        { value: 'new', label: 'Not tried' },
        { value: 'tried', label: 'Tried' },
        { value: 'passed', label: 'Passed' },
      ])}
      <output className={styles.count}>{count}</output>
    </search>
  )
}

function choicesOf(library: LibraryIndex): { kinds: Choice[]; chapters: Choice[]; skills: Choice[] } {
  const { exercises } = library
  const kinds = new Set(exercises.map((exercise) => exercise.kind))
  const chapters = new Set(exercises.map((exercise) => exercise.chapter))
  const skills = new Set(exercises.flatMap((exercise) => exercise.skills))
  return {
    kinds: [...kinds].map((kind) => ({ value: kind, label: kindNames[kind] ?? kind })).toSorted((one, other) => (one.label < other.label ? -1 : 1)),
    chapters: library.chapters.filter(({ id }) => chapters.has(id)).map(({ id, number, title }) => ({ value: id, label: `${String(number)} ${title}` })),
    skills: library.skills.filter(({ id }) => skills.has(id)).map(({ id, title }) => ({ value: id, label: title })),
  }
}
