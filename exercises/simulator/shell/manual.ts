import type { Command } from './command.ts'

/** The manual page of a command, as `man` prints it. */
export function manualPage({ name, summary, synopsis, description }: Command): string {
  const title = `${name.toUpperCase()}(1)`
  const head = `${title}${'Firedrill Manual'.padStart(Math.floor((72 + 16) / 2) - title.length).padEnd(72 - title.length * 2)}${title}`
  const paragraphs = description.flatMap((paragraph, index) => [...(index === 0 ? [] : ['']), ...wrapped(paragraph, 65).map((line) => `       ${line}`)])
  return `${[head, '', 'NAME', `       ${name} - ${summary}`, '', 'SYNOPSIS', ...synopsis.map((line) => `       ${line}`), '', 'DESCRIPTION', ...paragraphs].join('\n')}\n`
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = ''
    }
    line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}
