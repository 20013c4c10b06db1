/** Hands a text to the learner as a file: the browser's download, which Electron turns into a save dialog. */
export function saveTextFile(fileName: string, text: string, type = 'application/x-ndjson'): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The download has taken its own reference by the next task.
  setTimeout(() => URL.revokeObjectURL(address), 1_000)
}
