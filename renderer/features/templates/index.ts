export { TemplatesScreen as default } from './templates-screen.tsx'
