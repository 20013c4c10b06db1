export { ExercisesScreen as default } from './exercises-screen.tsx'
