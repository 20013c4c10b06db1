import { useMemo, useRef, useState } from 'react'
import type { ExerciseSummary, LibraryIndex } from '../../../exercises/content/model.ts'
import { useCommands } from '../../app/commands.tsx'
import { useLibrary, useProgress } from '../../app/data.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { Region } from '../../app/regions.tsx'
import { useRowKeys } from '../../app/row-keys.ts'
import { Button, EmptyState, Page } from '../../ui/index.ts'
import { exerciseState, filterExercises, isFiltering, noFilter } from './exercise-filter.ts'
import type { ExerciseFilter } from './exercise-filter.ts'
import { ExerciseFilters } from './exercise-filters.tsx'
import { ExerciseTable } from './exercise-table.tsx'
import { NextExerciseCard } from './next-exercise-card.tsx'
import { SkillPanel } from './skill-panel.tsx'

/** As it was left, so that coming back from an exercise finds the same list. */
let lastFilter: ExerciseFilter = noFilter

/** All exercises, to find the next one by words, kind, chapter, skill, difficulty or state. */
export function ExercisesScreen() {
  usePageTitle('Exercises')
  const library = useLibrary()
  const progress = useProgress()
  const [filter, setFilter] = useState<ExerciseFilter>(lastFilter)
  const change = (next: ExerciseFilter): void => {
    lastFilter = next
    setFilter(next)
  }
  const input = useRef<HTMLInputElement>(null)
  const list = useRowKeys<HTMLTableSectionElement>({ section: 'Exercises', noun: 'exercise' })
  const skillTitles = useMemo(() => new Map(library.skills.map((skill) => [skill.id, skill.title])), [library.skills])
  const found = filterExercises(byDifficulty(library), filter, progress.exercises, skillTitles)
  const passed = library.exercises.filter((exercise) => exerciseState(progress.exercises[exercise.id]) === 'passed').length
  const filtered = isFiltering(filter)

  useCommands([
    { id: 'exercises.filter', title: 'Filter the exercises', section: 'Exercises', keys: '/', run: () => input.current?.focus() },
    { id: 'exercises.clear', title: 'Clear the filter', section: 'Exercises', keys: 'Escape', hidden: !filtered, enabled: filtered, run: () => change(noFilter) },
  ])

  if (library.exercises.length === 0) {
    return (
      <Page title="Exercises">
        <EmptyState title="There are no exercises yet">Exercises come with the chapters, and none of those that are written has one that works. Chapters says what is wrong, if anything is.</EmptyState>
      </Page>
    )
  }
  return (
    <Page title="Exercises" summary={`${String(passed)} of ${String(library.exercises.length)} passed. Every answer is checked on this computer, by running it or reading it, and the grade says what was seen.`}>
      <Region name="inspector">
        <SkillPanel chosen={filter.skill} onChoose={(skill) => change({ ...filter, skill })} />
      </Region>
      <NextExerciseCard />
      <ExerciseFilters filter={filter} onChange={change} count={found.length === library.exercises.length ? '' : `${String(found.length)} of ${String(library.exercises.length)}`} inputRef={input} />
      {found.length === 0 ? (
        <EmptyState
          title="No exercise fits this filter"
          action={
            <Button keys="Escape" onClick={() => change(noFilter)}>
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
