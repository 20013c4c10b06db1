/** Hands a file to the learner: the browser's download, which Electron turns into a save dialog. */
export function saveFile(fileName: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The download has taken its own reference by the next task.
  setTimeout(() => URL.revokeObjectURL(address), 1_000)
}

/** Hands a text to the learner as a file. */
export function saveTextFile(fileName: string, text: string, type = 'application/x-ndjson'): void {
  saveFile(fileName, new Blob([text], { type }))
}
