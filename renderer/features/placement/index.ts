export { PlacementScreen as default } from './placement-screen.tsx'
