/**
 * A double of the `electron` module whose windows are pages of a real Chromium. The page lives at an https address that
 * stands for app://, because Chromium alone does not know that scheme; every request is answered by the handler that the
 * host registered, and the preload runs in the page with a `contextBridge` and `ipcRenderer` of ours.
 */
import { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright'
import type { ElectronModule } from '../../main/hosts/electron/electron-module.ts'

const standIn = 'https://firedrill.app-scheme.invalid'
const appOrigin = 'app://firedrill'

/** What tests look at afterwards. */
export interface ElectronDouble {
  electron: ElectronModule
  windows: WindowDouble[]
  schemes: { scheme: string; privileges?: Record<string, boolean> }[]
  openedOutside: string[]
  /** Asks the permission handler of the default session as Chromium would. */
  askPermission(permission: string, url: string): boolean
  /** Chooses a menu item by its label, wherever it is. */
  clickMenu(label: string): void
  menuLabels(): string[]
  /** Emits an app event, such as `second-instance`. */
  emitApp(name: string, ...args: unknown[]): void
  /** Calls an ipc handler as a frame at `url` would. */
  invokeFrom(url: string, parent: boolean, channel: string, ...args: unknown[]): Promise<unknown>
  readonly quits: number
}

type MenuItem = { label?: string; click?: () => void; submenu?: MenuItem[]; role?: string }

export class WindowDouble extends EventEmitter {
  readonly options: Record<string, unknown>
  readonly webContents: ContentsDouble
  page: Page | null = null
  focused = 0
  private destroyed = false
  private readonly open: (url: string, window: WindowDouble) => Promise<void>

  constructor(options: Record<string, unknown>, open: (url: string, window: WindowDouble) => Promise<void>) {
    super()
    this.options = options
    this.open = open
    this.webContents = new ContentsDouble(this)
  }
  async loadURL(url: string): Promise<void> {
    await this.open(url, this)
    this.emit('ready-to-show')
  }
  show(): void {}
  maximize(): void {}
  restore(): void {}
  focus(): void {
    this.focused += 1
  }
  isMinimized(): boolean {
    return false
  }
  isMaximized(): boolean {
    return false
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return { x: 10, y: 20, width: 1300, height: 820 }
  }
  async close(): Promise<void> {
    this.emit('close')
    await this.page?.close()
    this.destroyed = true
    this.emit('closed')
  }
}

let contentsMade = 0

export class ContentsDouble extends EventEmitter {
  readonly id = (contentsMade += 1)
  readonly window: WindowDouble
  openHandler: ((details: { url: string }) => { action: string }) | null = null
  constructor(window: WindowDouble) {
    super()
    this.window = window
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }
  getURL(): string {
    return (this.window.page?.url() ?? '').replace(standIn, appOrigin)
  }
  send(channel: string, ...args: unknown[]): void {
    void this.window.page?.evaluate(([name, values]) => (window as unknown as { __push(n: string, v: unknown[]): void }).__push(name, values), [channel, args] as const)
  }
  /** Navigates as a link would; true when the host let it happen. */
  tryNavigate(url: string): boolean {
    let allowed = true
    this.emit('will-navigate', { url, preventDefault: () => (allowed = false) })
    return allowed
  }
}

/** Builds the double over one browser. `hasLock: false` plays the second instance. */
export function createElectronDouble(browser: Browser, { hasLock = true } = {}): ElectronDouble {
  const app = new EventEmitter()
  const windows: WindowDouble[] = []
  const schemes: ElectronDouble['schemes'] = []
  const openedOutside: string[] = []
  const handlers = new Map<string, (event: unknown, ...args: unknown[]) => unknown>()
  let protocolHandler: ((request: Request) => Promise<Response>) | null = null
  let permission: ((contents: unknown, name: string, decide: (granted: boolean) => void) => void) | null = null
  let menu: MenuItem[] = []
  let quits = 0
  const contexts: BrowserContext[] = []

  const openPage = async (url: string, window: WindowDouble): Promise<void> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    contexts.push(context)
    await context.route('**/*', async (route) => {
      const request = route.request()
      if (!request.url().startsWith(standIn) || protocolHandler === null) return route.abort()
      const response = await protocolHandler(new Request(request.url().replace(standIn, appOrigin), { method: request.method() }))
      await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) })
    })
    const page = await context.newPage()
    window.page = page
    await page.exposeBinding('__invoke', (source, channel: string, args: unknown[]) =>
      handlers.get(channel)?.({ sender: window.webContents, senderFrame: { url: source.frame.url().replace(standIn, appOrigin), parent: source.frame.parentFrame() } }, ...args),
    )
    const preferences = window.options['webPreferences'] as { preload: string }
    await page.addInitScript(preloadScript(await readFile(preferences.preload, 'utf8')))
    await page.goto(url.replace(appOrigin, standIn))
  }

  const electron = {
    app: Object.assign(app, {
      enableSandbox: () => undefined,
      setPath: () => undefined,
      requestSingleInstanceLock: () => hasLock,
      whenReady: () => Promise.resolve(),
      quit: () => {
        quits += 1
        let prevented = false
        app.emit('before-quit', { preventDefault: () => (prevented = true) })
        if (!prevented) app.emit('will-quit', {})
      },
    }),
    BrowserWindow: class extends WindowDouble {
      constructor(options: Record<string, unknown>) {
        super(options, openPage)
        windows.push(this)
        app.emit('web-contents-created', {}, this.webContents)
      }
    },
    Menu: {
      buildFromTemplate: (template: MenuItem[]) => template,
      setApplicationMenu: (template: MenuItem[]) => {
        menu = template
      },
    },
    ipcMain: {
      handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => unknown) => void handlers.set(channel, handler),
      removeHandler: (channel: string) => void handlers.delete(channel),
    },
    protocol: {
      registerSchemesAsPrivileged: (list: ElectronDouble['schemes']) => void schemes.push(...list),
      handle: (_scheme: string, handler: (request: Request) => Promise<Response>) => {
        protocolHandler = handler
      },
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: typeof permission) => {
          permission = handler
        },
        setPermissionCheckHandler: () => undefined,
        setDevicePermissionHandler: () => undefined,
      },
    },
    shell: {
      openExternal: (url: string) => {
        openedOutside.push(url)
        return Promise.resolve()
      },
      openPath: () => Promise.resolve(''),
    },
  }

  const allItems = (items: MenuItem[]): MenuItem[] => items.flatMap((item) => [item, ...allItems(item.submenu ?? [])])

  return {
    electron: electron as unknown as ElectronModule,
    windows,
    schemes,
    openedOutside,
    askPermission(name, url) {
      let granted = false
      permission?.({ getURL: () => url }, name, (decision) => (granted = decision))
      return granted
    },
    clickMenu(label) {
      const item = allItems(menu).find((candidate) => candidate.label === label)
      if (!item?.click) throw new Error(`no menu item ${label}`)
      item.click()
    },
    menuLabels: () => allItems(menu).flatMap((item) => item.label ?? item.role ?? []),
    emitApp: (name, ...args) => void app.emit(name, ...args),
    invokeFrom: async (url, parent, channel, ...args) => handlers.get(channel)?.({ sender: { id: 0 }, senderFrame: { url, parent: parent ? {} : null } }, ...args),
    get quits() {
      return quits
    },
  }
}

/** Runs the built preload (CommonJS) with only what a sandboxed preload may require. */
function preloadScript(source: string): string {
  return `(() => {
    const listeners = new Map();
    window.__push = (channel, args) => { for (const listener of listeners.get(channel) ?? []) listener({}, ...args); };
    const electron = {
      contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze(api) }) },
      ipcRenderer: {
        invoke: (channel, ...args) => window.__invoke(channel, args),
        on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      },
    };
    const require = (name) => { if (name === 'electron') return electron; throw new Error('a sandboxed preload may not require ' + name); };
    const module = { exports: {} };
    ((exports, require, module) => { ${source}
    })(module.exports, require, module);
  })();`
}
