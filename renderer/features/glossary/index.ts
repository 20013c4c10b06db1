export { GlossaryScreen as default } from './glossary-screen.tsx'
