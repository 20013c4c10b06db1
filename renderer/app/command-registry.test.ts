import { describe, expect, test, vi } from 'vitest'
import type { Mock } from 'vitest'
import { createCommandRegistry } from './command-registry.ts'
import type { Command } from './command-registry.ts'

const key = (name: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({ key: name, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more }) as KeyboardEvent
const free = { typing: false, onControl: false, singleKeys: true, atMs: 0 }

function command(id: string, keys: string, more: Partial<Command> = {}): Command & { run: Mock<() => void> } {
  return { id, title: id, section: 'Test', keys, ...more, run: vi.fn<() => void>() }
}

describe('keys', () => {
  test('the newest registration wins a key and gives it back', () => {
    const registry = createCommandRegistry()
    const shell = command('shell.enter', 'Enter')
    const screen = command('screen.enter', 'Enter')
    registry.add([shell])
    const group = registry.add([screen])
    registry.press(key('Enter'), free)
    expect(screen.run).toHaveBeenCalledTimes(1)
    group.remove()
    registry.press(key('Enter'), free)
    expect(shell.run).toHaveBeenCalledTimes(1)
  })

  test('a changed registration keeps its place', () => {
    const registry = createCommandRegistry()
    const group = registry.add([command('shell.enter', 'Enter')])
    const screen = command('screen.enter', 'Enter')
    registry.add([screen])
    group.change([command('shell.enter', 'Enter', { title: 'Another title' })])
    registry.press(key('Enter'), free)
    expect(screen.run).toHaveBeenCalledTimes(1)
  })

  test('a sequence runs when its second key comes in time', () => {
    const registry = createCommandRegistry()
    const home = command('go.home', 'g h')
    registry.add([home])
    expect(registry.press(key('g'), { ...free, atMs: 0 })).toBe(true)
    expect(registry.press(key('h'), { ...free, atMs: 1_000 })).toBe(true)
    expect(home.run).toHaveBeenCalledTimes(1)
    registry.press(key('g'), { ...free, atMs: 5_000 })
    expect(registry.press(key('h'), { ...free, atMs: 9_000 })).toBe(false)
    expect(home.run).toHaveBeenCalledTimes(1)
  })

  test('another key in between ends a sequence', () => {
    const registry = createCommandRegistry()
    const home = command('go.home', 'g h')
    registry.add([home])
    registry.press(key('g'), free)
    registry.press(key('x'), free)
    registry.press(key('h'), free)
    expect(home.run).not.toHaveBeenCalled()
  })

  test('the second key of a sequence is not taken by a single key', () => {
    const registry = createCommandRegistry()
    const exercises = command('go.exercises', 'g e')
    const edit = command('edit', 'e')
    registry.add([exercises, edit])
    registry.press(key('g'), free)
    registry.press(key('e'), free)
    expect(exercises.run).toHaveBeenCalledTimes(1)
    expect(edit.run).not.toHaveBeenCalled()
  })

  test.each([
    ['j', key('j'), { ...free, typing: true }, false],
    ['j', key('j'), { ...free, singleKeys: false }, false],
    ['?', key('?', { shiftKey: true }), { ...free, singleKeys: false }, false],
    ['?', key('?', { shiftKey: true }), free, true],
    ['g h', key('g'), { ...free, typing: true }, false],
    ['Mod+Enter', key('Enter', { ctrlKey: true }), { ...free, typing: true }, true],
    ['Mod+k', key('k', { ctrlKey: true }), { ...free, singleKeys: false }, true],
    ['Mod+z', key('z', { ctrlKey: true }), { ...free, typing: true }, false],
    ['Mod+z', key('z', { ctrlKey: true }), free, true],
    ['Enter', key('Enter'), { ...free, onControl: true }, false],
    ['Escape', key('Escape'), { ...free, onControl: true }, true],
    ['Escape', key('Escape'), { ...free, typing: true }, false],
    ['F6', key('F6'), { ...free, typing: true }, true],
    ['j', key('j', { ctrlKey: true }), free, false],
    ['j', key('о', { code: 'KeyJ' }), free, true],
    ['Shift+F6', key('F6', { shiftKey: true }), free, true],
    ['F6', key('F6', { shiftKey: true }), free, false],
  ])('%s, case %#', (keys, event, context, runs) => {
    const registry = createCommandRegistry()
    const one = command('one', keys)
    registry.add([one])
    const took = registry.press(event, context)
    expect(took).toBe(runs)
    if (!keys.includes(' ')) expect(one.run).toHaveBeenCalledTimes(runs ? 1 : 0)
  })

  test('an unavailable command is neither run by key nor by id', () => {
    const registry = createCommandRegistry()
    const off = command('off', 'x', { enabled: false })
    registry.add([off])
    expect(registry.press(key('x'), free)).toBe(false)
    expect(registry.run('off')).toBe(false)
    expect(registry.run('absent')).toBe(false)
    expect(off.run).not.toHaveBeenCalled()
  })
})

test('the list changes only with the registrations, as an external store must', () => {
  const registry = createCommandRegistry()
  const heard = vi.fn()
  registry.subscribe(heard)
  const before = registry.list()
  expect(registry.list()).toBe(before)
  registry.add([command('one', 'x')])
  expect(heard).toHaveBeenCalledTimes(1)
  expect(registry.list().map((one) => one.id)).toEqual(['one'])
})
