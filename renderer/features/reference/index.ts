export { ReferenceScreen as default } from './reference-screen.tsx'
