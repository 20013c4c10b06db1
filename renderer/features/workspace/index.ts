export { WorkspaceScreen as default } from './workspace-screen.tsx'
