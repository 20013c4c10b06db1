/** Where the cursor goes in a text that is written, and how it comes into view. */

/** Offset of a line's start. @param line 1-based */
export function startOfLine(text: string, line: number): number {
  return text.split('\n').slice(0, Math.max(0, line - 1)).reduce((sum, one) => sum + one.length + 1, 0)
}

/**
 * Where to write below a heading: after what the template asks there in comments, at the end of what is written already.
 * @param line 1-based, of the heading
 */
export function placeBelow(text: string, line: number): number {
  const lines = text.split('\n')
  let last = line - 1
  let isComment = false
  for (let at = line; at < lines.length; at += 1) {
    const one = lines[at] ?? ''
    if (!isComment && /^#{1,6}\s/.test(one)) break
    if (one.includes('<!--')) isComment = true
    if (one.includes('-->')) isComment = false
    if (one.trim() !== '') last = at
  }
  const end = (lines[last] ?? '').trim()
  const isOwn = last >= line && !end.endsWith('-->') && !end.startsWith('|')
  // Behind the learner's own words; else on the line below the heading, the comment or the table, where there is one.
  if (isOwn || last + 1 >= lines.length) return startOfLine(text, last + 1) + (lines[last] ?? '').length
  return startOfLine(text, last + 2)
}

/** Puts the cursor somewhere, with nothing selected, and a line at the upper edge of what is seen. */
export function showPlace(element: HTMLTextAreaElement, offset: number, topLine: number): void {
  element.focus({ preventScroll: true })
  element.setSelectionRange(offset, offset)
  element.scrollTop = heightAbove(element, startOfLine(element.value, topLine))
  element.scrollIntoView({ block: 'nearest' })
}

/** Height of the text before an offset, in CSS px: measured in a copy, since a text area tells nothing of its lines. */
function heightAbove(element: HTMLTextAreaElement, offset: number): number {
  const copy = document.createElement('div')
  const { font, letterSpacing, tabSize, padding, lineHeight } = getComputedStyle(element)
  Object.assign(copy.style, { position: 'absolute', visibility: 'hidden', boxSizing: 'border-box', width: `${String(element.clientWidth)}px`, font, letterSpacing, tabSize, lineHeight, padding, whiteSpace: 'pre-wrap', overflowWrap: 'break-word' })
  const mark = document.createElement('span')
  mark.textContent = '.'
  copy.append(element.value.slice(0, offset), mark)
  document.body.append(copy)
  const top = mark.offsetTop - Number.parseFloat(getComputedStyle(copy).paddingTop)
  copy.remove()
  return top
}
