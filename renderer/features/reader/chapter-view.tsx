/** A chapter being read: the text in the middle, its contents and the section's outline in the shell's regions. */
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Chapter } from '../../../exercises/content/model.ts'
import { emptyChapterProgress } from '../../../exercises/progress/snapshot.ts'
import { useCommands } from '../../app/commands.tsx'
import { useProgress, useRecord } from '../../app/data.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { Region } from '../../app/regions.tsx'
import { PrintedAnswers } from './answers/printed-answers.tsx'
import { ContentPlaceProvider } from './blocks/content-place.ts'
import { ChapterEnd } from './chapter-end.tsx'
import { ChapterHead } from './chapter-head.tsx'
import { Content } from './content.tsx'
import { Contents } from './contents.tsx'
import { GlossaryProvider, useMarkedChapter } from './glossary.tsx'
import { LearningProvider } from './learning.tsx'
import { ReaderNotes } from './notes/reader-notes.tsx'
import { OnThisPage } from './on-this-page.tsx'
import { findPlace, openingPlace } from './place/chapter-map.ts'
import { useReadingPlace } from './place/use-place.ts'
import { useTriedSections } from './place/use-read-sections.ts'
import { sheetSection } from './print-chapter.ts'
import { useDrawnSections } from './use-drawn-sections.ts'
import { usePrint } from './use-print.ts'
import { SectionView } from './section-view.tsx'
import blockStyles from './blocks/blocks.module.css'
import styles from './reader.module.css'
import './print.css'

/** The thin line of steps over the text: one for each section, filled when read. */
function Steps({ chapter, current, sectionsRead }: { chapter: Chapter; current: string | null; sectionsRead: readonly string[] }): ReactNode {
  return (
    <div className={styles.steps} aria-hidden="true">
      {chapter.sections.map((section) => (
        <span key={section.id} data-read={sectionsRead.includes(section.id)} data-current={section.id === current} />
      ))}
    </div>
  )
}

/** Reads `chapter`, beginning at `sectionId` or where it was left. */
export function ChapterView({ chapter, sectionId }: { chapter: Chapter; sectionId: string | null }): ReactNode {
  const root = useRef<HTMLElement>(null)
  const record = useRecord()
  const [location] = useLocation()
  const progress = useProgress().chapters[chapter.id] ?? emptyChapterProgress
  const { sectionsRead } = progress
  const [kept] = useState(progress.position)
  const [firstSection] = useState(() => openingPlace(chapter, sectionId, kept)?.section ?? chapter.sections[0]?.id)
  const { marked, glossary } = useMarkedChapter(chapter)
  usePageTitle(chapter.title)

  const keep = useCallback(
    (section: string, block: string): void => void record([{ type: 'position.kept', chapter: chapter.id, section, block }]),
    [chapter.id, record],
  )
  const place = useReadingPlace(root, chapter, sectionId, kept, keep)
  const { section: current, goTo, stepBlock, stepSection } = place
  const indexOf = (id: string | null | undefined): number => Math.max(0, chapter.sections.findIndex((section) => section.id === id))
  const { drawn, all } = useDrawnSections(chapter.sections.length, indexOf(firstSection), indexOf(current))

  const { verb, print } = usePrint(root, chapter)
  const hasSheet = chapter.sections.some(({ id }) => id === sheetSection)

  const markRead = useCallback((section: string): void => void record([{ type: 'section.read', chapter: chapter.id, section }]), [chapter.id, record])
  useTriedSections(root, all ? chapter : null, chapter, progress, markRead)

  const recordedOpening = useRef(false)
  useEffect(() => {
    if (recordedOpening.current) return
    recordedOpening.current = true
    void record([{ type: 'chapter.opened', chapter: chapter.id }])
    // Page keys scroll what has the focus; where nothing has it, give it to the text.
    if (document.activeElement === document.body) root.current?.focus({ preventScroll: true })
  }, [chapter.id, record])

  useCommands([
    { id: 'reader.nextBlock', title: 'Next block', section: 'This chapter', keys: 'j', hidden: true, run: () => stepBlock(1) },
    { id: 'reader.previousBlock', title: 'Previous block', section: 'This chapter', keys: 'k', hidden: true, run: () => stepBlock(-1) },
    { id: 'reader.nextSection', title: 'Go to the next section', section: 'This chapter', keys: 'n', run: () => stepSection(1) },
    { id: 'reader.previousSection', title: 'Go to the previous section', section: 'This chapter', keys: 'p', run: () => stepSection(-1) },
    { id: 'reader.print', title: `${verb}: chapter`, section: 'This chapter', keys: 'Mod+p', run: () => print('chapter') },
    { id: 'reader.printSheet', title: `${verb}: cheat sheet`, section: 'This chapter', enabled: hasSheet, run: () => print('sheet') },
  ])

  const follow = useCallback(
    (route: string): void => {
      // A link to the address in view changes no address, so nothing else would bring the reader there.
      if (route !== location) return
      const target = findPlace(chapter, decodeURIComponent(route.split('/')[3] ?? ''))
      if (target !== null) goTo(target)
    },
    [chapter, goTo, location],
  )
  const contentPlace = useMemo(() => ({ chapterId: chapter.id, onFollow: follow }), [chapter.id, follow])

  const reading = chapter.sections.find((section) => section.id === current)
  return (
    <LearningProvider chapter={chapter}>
      <ContentPlaceProvider value={contentPlace}>
      <GlossaryProvider value={glossary}>
       <Content>
        <Steps chapter={chapter} current={current} sectionsRead={sectionsRead} />
        <article ref={root} tabIndex={-1} data-chapter-text="" className={`${styles.text} ${blockStyles.prose}`}>
          <ChapterHead chapter={chapter} print={{ verb, run: print, hasSheet }} />
          {marked.sections.map((section, index) => (
            <SectionView key={section.id} section={section} drawn={drawn.has(index)} />
          ))}
          <PrintedAnswers chapter={chapter} />
          <ReaderNotes root={root} chapter={chapter} />
          <ChapterEnd chapter={chapter} print={{ verb, run: print, hasSheet }} />
        </article>
        <Region name="sidebar">
          <Contents chapter={chapter} current={current} sectionsRead={sectionsRead} onFollow={follow} />
        </Region>
        <Region name="inspector">{reading === undefined ? null : <OnThisPage chapter={chapter} section={reading} isRead={sectionsRead.includes(reading.id)} onMarkRead={() => markRead(reading.id)} onFollow={follow} />}</Region>
       </Content>
      </GlossaryProvider>
      </ContentPlaceProvider>
    </LearningProvider>
  )
}
