import { fetchViews } from './views.ts'

export { WorkspaceScreen as default } from './workspace-screen.tsx'

fetchViews()
