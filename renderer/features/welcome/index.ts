export { WelcomeDialog as default } from './welcome-dialog.tsx'
