export { IncidentsScreen as default } from './incidents-screen.tsx'
