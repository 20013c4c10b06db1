import { useMemo, useRef, useState } from 'react'
import type { ExerciseSummary, LibraryIndex } from '../../../exercises/content/model.ts'
import { useCommands } from '../../app/commands.tsx'
import { useLibrary, useProgress } from '../../app/data.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { useRowKeys } from '../../app/row-keys.ts'
import { Button, EmptyState, Kbd, Page, Select, TextInput } from '../../ui/index.ts'
import { difficultyWords } from '../reader/blocks/exercise-state.ts'
import { exerciseState, filterExercises, noFilter } from './exercise-filter.ts'
import type { ExerciseFilter } from './exercise-filter.ts'
import { ExerciseTable } from './exercise-table.tsx'
import styles from './exercises.module.css'

/** All exercises, to find the next one by words, skill, difficulty or state. */
export function ExercisesScreen() {
  usePageTitle('Exercises')
  const library = useLibrary()
  const progress = useProgress()
  const [filter, setFilter] = useState<ExerciseFilter>(noFilter)
  const input = useRef<HTMLInputElement>(null)
  const list = useRowKeys<HTMLTableSectionElement>({ section: 'Exercises', noun: 'exercise' })
  const skillTitles = useMemo(() => new Map(library.skills.map((skill) => [skill.id, skill.title])), [library.skills])
  const found = filterExercises(byDifficulty(library), filter, progress.exercises, skillTitles)
  const skillsInUse = library.skills.filter((skill) => library.exercises.some((exercise) => exercise.skills.includes(skill.id)))
  const passed = library.exercises.filter((exercise) => exerciseState(progress.exercises[exercise.id]) === 'passed').length
  const filtered = filter.text !== '' || filter.skill !== '' || filter.difficulty !== 0 || filter.state !== ''

  useCommands([
    { id: 'exercises.filter', title: 'Filter the exercises', section: 'Exercises', keys: '/', run: () => input.current?.focus() },
    { id: 'exercises.clear', title: 'Clear the filter', section: 'Exercises', keys: 'Escape', hidden: !filtered, enabled: filtered, run: () => setFilter(noFilter) },
  ])

  if (library.exercises.length === 0) {
    return (
      <Page title="Exercises">
        <EmptyState title="There are no exercises yet">Exercises come with the chapters, and none of those that are written has one that works. Chapters says what is wrong, if anything is.</EmptyState>
      </Page>
    )
  }
  return (
    <Page title="Exercises" summary={`${String(passed)} of ${String(library.exercises.length)} passed. SQL is graded on hidden data too, so an answer has to be right, not only look right.`}>
      <search className={styles.filters}>
        <div className={styles.search}>
          <TextInput
            ref={input}
            type="search"
            aria-label="Filter by words"
            placeholder="Filter by words"
            value={filter.text}
            onChange={(event) => setFilter({ ...filter, text: event.target.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              event.preventDefault()
              setFilter({ ...filter, text: '' })
              event.currentTarget.blur()
            }}
          />
          <span className={styles.searchKey} aria-hidden="true">
            <Kbd keys="/" />
          </span>
        </div>
        <Select aria-label="Skill" value={filter.skill} onChange={(event) => setFilter({ ...filter, skill: event.target.value })}>
          <option value="">Every skill</option>
          {skillsInUse.map((skill) => (
            <option key={skill.id} value={skill.id}>
              {skill.title}
            </option>
          ))}
        </Select>
        <Select aria-label="Difficulty" value={filter.difficulty} onChange={(event) => setFilter({ ...filter, difficulty: Number(event.target.value) })}>
          <option value={0}>Every difficulty</option>
          {Object.entries(difficultyWords).map(([level, word]) => (
            <option key={level} value={level}>
              {word}
            </option>
          ))}
        </Select>
        <Select aria-label="State" value={filter.state} onChange={(event) => setFilter({ ...filter, state: stateOf(event.target.value) })}>
          <option value="">Every state</option>
          <option value="new">Not tried</option>
          <option value="tried">Tried</option>
          <option value="passed">Passed</option>
        </Select>
        <output className={styles.count}>{found.length === library.exercises.length ? '' : `${String(found.length)} of ${String(library.exercises.length)}`}</output>
      </search>
      {found.length === 0 ? (
        <EmptyState
          title="No exercise fits this filter"
          action={
            <Button keys="Escape" onClick={() => setFilter(noFilter)}>
              Clear the filter
            </Button>
          }
        >
          Fewer words or another skill will find more.
        </EmptyState>
      ) : (
        <ExerciseTable exercises={found} skillTitles={skillTitles} listRef={list} />
      )}
    </Page>
  )
}

/** In the order of the chapters, the easier first. */
function byDifficulty(library: LibraryIndex): ExerciseSummary[] {
  const place = new Map(library.chapters.map((chapter, index) => [chapter.id, index]))
  const of = (exercise: ExerciseSummary): number => place.get(exercise.chapter) ?? library.chapters.length
  return library.exercises.toSorted((one, other) => of(one) - of(other) || one.difficulty - other.difficulty)
}

function stateOf(value: string): ExerciseFilter['state'] {
  return value === 'new' || value === 'tried' || value === 'passed' ? value : ''
}
