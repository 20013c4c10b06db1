// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { printChapter } from './print-chapter.ts'

let root: HTMLElement

beforeEach(() => {
  vi.useFakeTimers()
  root = document.body.appendChild(document.createElement('main'))
})
afterEach(() => {
  root.remove()
  vi.useRealTimers()
})

const waiting = (): number => root.querySelectorAll('[data-drawing]').length

/** Puts `count` figures under the root, of which one more is drawn every `everyMs`. */
function drawSlowly(count: number, everyMs: number): void {
  root.innerHTML = '<figure data-drawing></figure>'.repeat(count)
  const timer = setInterval(() => {
    root.querySelector('[data-drawing]')?.removeAttribute('data-drawing')
    if (waiting() === 0) clearInterval(timer)
  }, everyMs)
}

function print(): { left: number | null } {
  const printed: { left: number | null } = { left: null }
  void printChapter(root, { part: 'chapter', title: 'Chapter 1', print: () => void (printed.left = waiting()) })
  return printed
}

it('waits for the last figure, however long all of them take together', async () => {
  drawSlowly(7, 8_000)
  const printed = print()
  await vi.advanceTimersByTimeAsync(55_000)
  expect(printed.left).toBe(null)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(printed.left).toBe(0)
})

it('prints without the figures that do not come', async () => {
  drawSlowly(3, 60_000)
  const printed = print()
  await vi.advanceTimersByTimeAsync(11_000)
  expect(printed.left).toBe(3)
  expect(document.documentElement.dataset['printed']).toBe(undefined)
})
