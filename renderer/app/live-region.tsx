import { useEffect, useState } from 'react'
import { onAnnouncement } from './announce.ts'

/** The one polite live region of the window. */
export function LiveRegion() {
  const [message, setMessage] = useState({ text: '', turn: 0 })
  useEffect(() => onAnnouncement((text) => setMessage((last) => ({ text, turn: last.turn + 1 }))), [])
  return (
    <output aria-live="polite" className="visually-hidden">
      {/* A new element for each message, so that the same words are spoken again. */}
      <span key={message.turn}>{message.text}</span>
    </output>
  )
}
