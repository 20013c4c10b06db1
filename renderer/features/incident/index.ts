export { IncidentScreen as default } from './incident-screen.tsx'
