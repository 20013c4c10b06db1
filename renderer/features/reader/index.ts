export { ReaderScreen as default, ReaderScreen } from './reader-screen.tsx'
