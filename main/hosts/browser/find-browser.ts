/** Finds an installed Chromium, Chrome or Edge, per platform, newest habits first. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const linuxNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable', 'brave-browser']
const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser']
const windowsPaths = [
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
]

export interface BrowserSearch {
  platform: NodeJS.Platform
  environment: Readonly<Record<string, string | undefined>>
  isExecutable(path: string): boolean
}

/** Path of a browser that knows `--app`, or `null`. `FIREDRILL_BROWSER` wins when it names an executable. */
export function findBrowser(search: BrowserSearch = { platform: process.platform, environment: process.env, isExecutable }): string | null {
  return candidates(search).find(search.isExecutable) ?? null
}

function candidates({ platform, environment }: BrowserSearch): string[] {
  const chosen = environment['FIREDRILL_BROWSER']
  const first = chosen === undefined || chosen === '' ? [] : [chosen]
  if (platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => environment[name] ?? [])
    return [...first, ...windowsPaths.flatMap((parts) => roots.map((root) => [root, ...parts].join('\\')))]
  }
  if (platform === 'darwin') {
    const roots = ['/Applications', `${environment['HOME'] ?? ''}/Applications`]
    return [...first, ...macApplications.flatMap((name) => roots.map((root) => `${root}/${name}.app/Contents/MacOS/${name}`))]
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return [...first, ...linuxNames.flatMap((name) => folders.map((folder) => join(folder, name)))]
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
