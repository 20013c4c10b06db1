import { createRoot } from 'react-dom/client'
import './theme/fonts.css'
import './theme/tokens.css'
import './theme/base.css'
import { connect } from './api/index.ts'
import { App } from './app/app.tsx'
import { applyTheme } from './app/appearance.ts'
import { fetchScreenOf } from './app/lazy-parts.tsx'

// Before the first frame, so that a dark desktop is never flashed with white.
applyTheme('system')
fetchScreenOf(window.location.hash)

const container = document.getElementById('root')
if (container === null) throw new Error('index.html has no #root')
createRoot(container).render(<App api={connect()} />)
