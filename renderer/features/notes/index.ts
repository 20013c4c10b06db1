export { NotesScreen as default } from './notes-screen.tsx'
