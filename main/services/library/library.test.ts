import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createContentFolder, goodCourse, goodExercise } from '../../../test/fixtures/content-folder.ts'
import type { ContentFolder } from '../../../test/fixtures/content-folder.ts'
import { goodChapter } from '../../../test/fixtures/content-sample.ts'
import { exerciseBundleSchema } from '../../api/contract.ts'
import { libraryIndexSchema } from '../../../exercises/content/model.ts'
import { createLibrary } from './index.ts'
import type { Library, LibraryChange } from './library.ts'

let folder: ContentFolder
let library: Library | undefined
beforeEach(() => {
  folder = createContentFolder()
})
afterEach(async () => {
  await library?.close()
  library = undefined
  folder.dispose()
})

const open = async (): Promise<Library> => (library = await createLibrary({ contentDir: folder.dir, watch: false }))
const problemsOf = ({ chapters, problems }: ReturnType<Library['index']>): string[] => [...problems, ...chapters.flatMap((chapter) => chapter.problems)].map(({ file, line, rule }) => `${file}:${line} ${rule}`)

describe('good content', () => {
  it('is served as the contract says', async () => {
    const { index, chapter, exercise, renamed } = await open()
    expect(problemsOf(index())).toEqual([])
    expect(libraryIndexSchema.parse(index())).toEqual(index())
    expect(index().chapters.map(({ id, state }) => [id, state])).toEqual([['ch06', 'planned'], ['ch07', 'ready']])
    expect(index().chapters[1]?.sections[1]).toEqual({ id: 'indexes', title: 'What an index costs', checks: ['offset-cost', 'pool-rate', 'lock-order'], exercises: ['sql-right-index'], walkthroughs: ['slow'] })
    expect(chapter('ch07')).toMatchObject({ ok: true, value: { id: 'ch07' } })
    const bundle = exercise('sql-right-index')
    expect(bundle).toMatchObject({ ok: true, value: { referenceAnswer: 'SELECT 1\n', exercise: { starter: 'SELECT 0\n', checks: [{ expect: 'SELECT 1\n' }] }, prompt: [{ t: 'p' }] } })
    expect(bundle.ok && exerciseBundleSchema.safeParse(bundle.value).success).toBe(true)
    expect(renamed()).toEqual([{ kind: 'section', from: 'ch07#locking', to: 'ch07#locks' }])
  })
  it('has a placement test where the folder names one', async () => {
    expect((await open()).index().placement).toBeNull()
    await library?.close()
    folder.write('placement.yaml', 'chapters:\n  ch06: [a, b]\n  ch07: [offset-cost, lock-order]\n')
    const { index, placement } = await open()
    expect(problemsOf(index())).toEqual([])
    expect(index().placement).toEqual({ questions: 2, minutes: 2 })
    expect(placement().map(({ chapter, section, check }) => [chapter, section, check.id])).toEqual([['ch07', 'indexes', 'offset-cost'], ['ch07', 'indexes', 'lock-order']])
  })
  it('says what there is instead of what was asked for', async () => {
    const { chapter, exercise } = await open()
    expect(chapter('ch06')).toMatchObject({ ok: false, error: { code: 'not-found', message: '"Performance" is not written yet. Choose another chapter from the home page.' } })
    expect(chapter('ch99')).toMatchObject({ ok: false, error: { code: 'not-found' } })
    expect(exercise('__proto__')).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })
})

describe('malformed content', () => {
  const cases: [name: string, file: string, text: string, problems: string[]][] = [
    ['course.yaml is not YAML', 'course.yaml', 'chapters: [', ['course.yaml:1 yaml.malformed']],
    ['course.yaml has an unknown key', 'course.yaml', `colour: red\n${goodCourse}`, ['course.yaml:1 schema.unknown-key']],
    ['a chapter stands twice in the course', 'course.yaml', goodCourse.replace('id: ch06, number: 6', 'id: ch07, number: 7'), ['course.yaml:3 id.duplicate', 'chapters/07-databases/chapter.md:7 link.broken', 'chapters/07-databases/chapter.md:87 link.broken']],
    ['a skill is gone', 'course.yaml', goodCourse.replace('sql.plans', 'sql.other'), ['exercises/sql-right-index/exercise.yaml:9 skill.unknown', ...[8, 40, 60, 68].map((line) => `chapters/07-databases/chapter.md:${line} skill.unknown`), 'chapters/07-databases/walkthroughs/slow.yaml:4 skill.unknown']],
    ['a chapter is not listed', 'chapters/08-more/chapter.md', goodChapter.replace('id: ch07', 'id: ch08').replace('number: 7', 'number: 8').replace('::walkthrough{#slow}', ''), ['chapters/08-more/chapter.md:1 course.unlisted-chapter']],
    ['a chapter is there twice', 'chapters/07-again/chapter.md', goodChapter.replace('::walkthrough{#slow}', ''), ['chapters/07-databases/chapter.md:1 id.duplicate']],
    ['the frontmatter is broken', 'chapters/07-databases/chapter.md', goodChapter.replace('number: 7', 'number: x'), ['chapters/07-databases/chapter.md:3 schema.invalid']],
    ['a chapter is not text', 'chapters/07-databases/chapter.md', '\u0000', ['chapters/07-databases/chapter.md:1 frontmatter.missing']],
    ['an exercise has an unknown key', 'exercises/sql-right-index/exercise.yaml', `${goodExercise}colour: red\n`, ['exercises/sql-right-index/exercise.yaml:25 schema.unknown-key']],
    ['an exercise names a file that is not there', 'exercises/sql-right-index/exercise.yaml', goodExercise.replace('starter.sql', 'start.sql'), ['exercises/sql-right-index/exercise.yaml:14 exercise.file']],
    ['an exercise reaches out of its folder', 'exercises/sql-right-index/exercise.yaml', goodExercise.replace('file:starter.sql', 'file:../../course.yaml'), ['exercises/sql-right-index/exercise.yaml:14 exercise.file']],
    ['an exercise has no dataset', 'exercises/sql-right-index/exercise.yaml', goodExercise.replace('dataset: shop', 'dataset: shed'), ['exercises/sql-right-index/exercise.yaml:11 dataset.unknown']],
    ['an exercise has another id than its folder', 'exercises/sql-right-index/exercise.yaml', goodExercise.replace('id: sql-right-index', 'id: sql-wrong-index'), ['exercises/sql-right-index/exercise.yaml:1 exercise.id']],
    ['a wrong answer fails a check that is not there', 'exercises/sql-right-index/exercise.yaml', goodExercise.replace('fails: [rows]', 'fails: [plan]'), ['exercises/sql-right-index/exercise.yaml:24 exercise.check']],
    ['a prompt has HTML', 'exercises/sql-right-index/prompt.md', 'a\n\n<b>', ['exercises/sql-right-index/prompt.md:3 html.refused']],
    ['a solution links to nothing', 'exercises/sql-right-index/solution.md', '[x](/chapters/ch07#nothing)', ['exercises/sql-right-index/solution.md:1 link.broken']],
    ['the placement test names a check that is not there', 'placement.yaml', 'chapters:\n  ch07: [offset-cost, nothing]\n', ['placement.yaml:2 placement.check']],
    ['a half-made exercise', 'exercises/sql-new/notes.txt', 'x', ['exercises/sql-new/exercise.yaml:1 file.unreadable', 'exercises/sql-new/prompt.md:1 file.unreadable', 'exercises/sql-new/solution.md:1 file.unreadable']],
  ]
  it.each(cases)('%s', async (_, file, text, problems) => {
    folder.write(file, text)
    const { index, chapter, exercise } = await open()
    expect(problemsOf(index()).toSorted()).toEqual(problems.toSorted())
    // The rest works: the other of the two is still there, whatever happened to one.
    expect([chapter('ch07').ok, exercise('sql-right-index').ok]).toContain(true)
    expect(libraryIndexSchema.safeParse(index()).success).toBe(true)
  })
  it('tells a learner why a broken chapter does not open', async () => {
    folder.write('chapters/07-databases/chapter.md', 'no frontmatter')
    const { index, chapter, exercise } = await open()
    expect(index().chapters[1]).toMatchObject({ id: 'ch07', state: 'broken', title: 'Databases' })
    expect(chapter('ch07')).toMatchObject({ ok: false, error: { details: expect.stringContaining('chapters/07-databases/chapter.md:1: ') as string } })
    expect(exercise('sql-right-index').ok).toBe(true)
  })
  it('survives bytes that are no text, a folder in place of a file, and no content at all', async () => {
    writeFileSync(join(folder.dir, 'chapters/07-databases/chapter.md'), Buffer.from([0xff, 0xfe, 0x41]))
    folder.remove('course.yaml')
    mkdirSync(join(folder.dir, 'course.yaml'))
    expect(problemsOf((await open()).index()).toSorted()).toEqual(['chapters/07-databases/chapter.md:1 file.encoding', 'course.yaml:1 file.unreadable'])
    const nowhere = await createLibrary({ contentDir: join(folder.dir, 'nowhere'), watch: false })
    expect(nowhere.index()).toMatchObject({ chapters: [], problems: [{ rule: 'file.unreadable' }] })
  })
})

describe('the cache', () => {
  it('gives the same content, notices changes and shrugs off damage', async () => {
    const cacheDir = join(folder.dir, '..', `${folder.dir.split('/').at(-1) ?? ''}-cache`)
    const load = async () => (await createLibrary({ contentDir: folder.dir, cacheDir, watch: false })).index()
    const first = await load()
    const files = readdirSync(cacheDir)
    expect(files).toHaveLength(2)
    expect(await load()).toEqual(first)
    for (const file of files) writeFileSync(join(cacheDir, file), '{')
    expect(await load()).toEqual(first)
    folder.write('chapters/07-databases/chapter.md', goodChapter.replace('## Locks', '## Latches'))
    expect((await load()).chapters[1]?.sections[2]?.title).toBe('Latches')
  })
})

describe('watching', () => {
  it('tells what changed, and only that', async () => {
    library = await createLibrary({ contentDir: folder.dir, watch: true })
    const { subscribe, chapter } = library
    const nextChange = (): Promise<LibraryChange> =>
      new Promise((resolve) => {
        const stop = subscribe((change) => {
          stop()
          resolve(change)
        })
      })
    const chapterChange = nextChange()
    folder.write('chapters/07-databases/chapter.md', goodChapter.replace('## Locks', '## Latches'))
    expect(await chapterChange).toMatchObject({ chapters: ['ch07'], exercises: [], incidents: [] })
    expect(chapter('ch07')).toMatchObject({ ok: true, value: { sections: [{}, {}, { title: 'Latches' }] } })
    const exerciseChange = nextChange()
    folder.write('exercises/sql-right-index/prompt.md', 'Make it faster.\n')
    expect(await exerciseChange).toMatchObject({ chapters: [], exercises: ['sql-right-index'] })
  })
})
