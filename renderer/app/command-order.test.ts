import { expect, it } from 'vitest'
import type { Command } from './command-registry.ts'
import { listedOrder } from './command-order.ts'

const command = (id: string, section: string): Command => ({ id, title: id, section, run: () => undefined })

it('lists what the screen can do before what every screen can, whichever was registered first', () => {
  const list = [command('resume', 'Home'), command('home', 'Go to'), command('export', 'Data'), command('sidebar', 'Window'), command('about', 'Go to'), command('print', 'This chapter')]
  expect(listedOrder(list).map(({ id }) => id)).toEqual(['resume', 'print', 'home', 'about', 'sidebar', 'export'])
})
