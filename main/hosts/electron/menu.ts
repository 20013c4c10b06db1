/** The native menu. App commands go to the window by id; the window runs them through the same registry as its palette. */
import type { MenuItemConstructorOptions } from 'electron'

export interface MenuActions {
  command(id: string): void
  openDataFolder(): void
}

/** Template for one platform; roles give each system its own words and shortcuts. */
export function menuTemplate(platform: NodeJS.Platform, development: boolean, { command, openDataFolder }: MenuActions): MenuItemConstructorOptions[] {
  const item = (label: string, id: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => command(id),
    // The window handles the keys itself, so that both hosts behave alike; the menu only shows them.
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const application: MenuItemConstructorOptions[] =
    platform === 'darwin'
      ? [
          {
            role: 'appMenu',
            submenu: [
              item('About Firedrill', 'go.about'),
              separator,
              item('Settings', 'go.settings', 'Cmd+,'),
              separator,
              { role: 'services' },
              separator,
              { role: 'hide' },
              { role: 'hideOthers' },
              { role: 'unhide' },
              separator,
              { role: 'quit' },
            ],
          },
        ]
      : []
  return [
    ...application,
    {
      role: 'fileMenu',
      submenu: [
        item('Export progress', 'progress.export'),
        { label: 'Open data folder', click: openDataFolder },
        separator,
        ...(platform === 'darwin' ? [] : [item('Settings', 'go.settings', 'Ctrl+,'), separator]),
        { role: platform === 'darwin' ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      role: 'viewMenu',
      submenu: [
        item('Command palette', 'palette.open', 'CmdOrCtrl+K'),
        item('Sidebar', 'view.sidebar', 'CmdOrCtrl+B'),
        item('Inspector', 'view.inspector', 'CmdOrCtrl+I'),
        item('Bottom panel', 'view.bottom', 'CmdOrCtrl+J'),
        separator,
        item('Light or dark', 'theme.toggle'),
        item('Larger text', 'reading.larger'),
        item('Smaller text', 'reading.smaller'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(development ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    {
      label: 'Go',
      submenu: [item('Home', 'go.home'), item('Chapters', 'go.chapters'), item('Exercises', 'go.exercises'), item('Incidents', 'go.incidents'), item('Learning paths', 'go.paths'), item('Reference', 'go.reference')],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [item('Keyboard', 'keys.show'), ...(platform === 'darwin' ? [] : [item('About Firedrill', 'go.about')])],
    },
  ]
}
