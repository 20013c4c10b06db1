import { Route, Switch, useLocation } from 'wouter'
import { EmptyState } from '../ui/index.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { AboutScreen, ExercisesScreen, GlossaryScreen, HomeScreen, IncidentScreen, IncidentsScreen, LibraryScreen, NotesScreen, PathsScreen, PlacementScreen, ReaderScreen, ReferenceScreen, SettingsScreen, TemplatesScreen, WorkspaceScreen } from './lazy-parts.tsx'
import { routes } from './routes.ts'
import styles from './shell.module.css'

/** The screen of the address. */
export function Screens() {
  const [location] = useLocation()
  return (
    <ErrorBoundary region="This screen" resetKey={location}>
        <Switch>
          <Route path="/"><HomeScreen /></Route>
          <Route path="/chapters"><LibraryScreen /></Route>
          <Route path="/chapters/:id">{({ id }) => <ReaderScreen chapterId={id} sectionId={null} />}</Route>
          <Route path="/chapters/:id/:section">{({ id, section }) => <ReaderScreen chapterId={id} sectionId={section} />}</Route>
          <Route path="/exercises"><ExercisesScreen /></Route>
          <Route path="/exercises/:id">{({ id }) => <WorkspaceScreen exerciseId={id} />}</Route>
          <Route path="/incidents"><IncidentsScreen /></Route>
          <Route path="/incidents/:id">{({ id }) => <IncidentScreen key={id} incidentId={id} place="briefing" />}</Route>
          <Route path="/incidents/:id/shift">{({ id }) => <IncidentScreen key={id} incidentId={id} place="shift" />}</Route>
          <Route path="/incidents/:id/debrief">{({ id }) => <IncidentScreen key={id} incidentId={id} place="debrief" />}</Route>
          <Route path="/reference"><ReferenceScreen /></Route>
          <Route path="/glossary"><GlossaryScreen termId={null} /></Route>
          <Route path="/glossary/:term">{({ term }) => <GlossaryScreen termId={term} />}</Route>
          <Route path="/notes"><NotesScreen /></Route>
          <Route path="/paths"><PathsScreen pathId={null} /></Route>
          <Route path="/paths/:id">{({ id }) => <PathsScreen pathId={id} />}</Route>
          <Route path="/placement"><PlacementScreen /></Route>
          <Route path="/templates"><TemplatesScreen templateId={null} /></Route>
          <Route path="/templates/:id">{({ id }) => <TemplatesScreen templateId={id} />}</Route>
          <Route path="/settings"><SettingsScreen /></Route>
          <Route path="/about"><AboutScreen /></Route>
          <Route>
            <div className={styles.waiting}>
              <h1 className="visually-hidden">Not found</h1>
              <EmptyState title="There is no such page" action={<a href={`#${routes.home}`}>Go to Home</a>}>
                The address {location} is not a place in this version.
              </EmptyState>
            </div>
          </Route>
        </Switch>
    </ErrorBoundary>
  )
}
