/** Puts text on the clipboard without asking for a permission that a host may deny. */

/** Copies by way of the copy event, which needs a user gesture and no permission. False when the browser refused. */
export function copyText(text: string): boolean {
  let copied = false
  const put = (event: ClipboardEvent): void => {
    if (event.clipboardData === null) return
    event.clipboardData.setData('text/plain', text)
    event.preventDefault()
    event.stopImmediatePropagation()
    copied = true
  }
  document.addEventListener('copy', put, { capture: true })
  try {
    document.execCommand('copy')
  } finally {
    document.removeEventListener('copy', put, { capture: true })
  }
  return copied
}
