export { PathsScreen as default } from './paths-screen.tsx'
