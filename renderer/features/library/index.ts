export { LibraryScreen as default } from './library-screen.tsx'
