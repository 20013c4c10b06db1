export { AboutScreen as default } from './about-screen.tsx'
