import { Menu, app, shell, type MenuItemConstructorOptions } from 'electron'
import { logsFolder } from '#engine/logs/rotating-file.ts'
import { acceleratorOf } from './accelerator.ts'
import { showAbout } from './boxes.ts'
import type { Running } from './facts.ts'
import { menuCommands, type MenuCommand } from './menu-commands.ts'
import type { MenuKeys, ZoomChange } from './page-messages.ts'

const isMac = process.platform === 'darwin'

export interface MenuOptions {
  dataDir: string
  /** The page's keys of the day, which the menu shows and the page hears. */
  keys: MenuKeys
  /** Runs a command of the page. */
  onCommand: (id: string) => void
  onZoom: (change: ZoomChange) => void
  /** For the About box. */
  running: Running
  onCopyDiagnostics: () => void
}

/** The application menu with each OS's usual entries; reload and dev tools only unpackaged. */
export function setMenu(options: MenuOptions): void {
  const items: MenuItemConstructorOptions[] = [
    ...(isMac ? [macAppMenu(options)] : []),
    fileMenu(options),
    { role: 'editMenu' },
    viewMenu(options),
    { label: '&Go', submenu: entriesOf('go', options) },
    { label: '&Delivery', submenu: entriesOf('delivery', options) },
    { role: 'windowMenu' },
    helpMenu(options),
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(items))
}

/** The page hears the keys itself; where it does not use one, macOS asks the menu. */
function shownKey(id: string, keys: MenuKeys): MenuItemConstructorOptions {
  const accelerator = acceleratorOf(keys[id] ?? '')
  return accelerator === null ? {} : { accelerator, registerAccelerator: isMac }
}

function entriesOf(
  menu: MenuCommand['menu'],
  { keys, onCommand }: MenuOptions,
): MenuItemConstructorOptions[] {
  return menuCommands
    .filter((each) => each.menu === menu)
    .map(({ id, label }) =>
      id === null
        ? { type: 'separator' }
        : { id, label, click: () => onCommand(id), ...shownKey(id, keys) },
    )
}

function macAppMenu(options: MenuOptions): MenuItemConstructorOptions {
  return {
    label: app.name,
    submenu: [
      aboutEntry(options),
      { type: 'separator' },
      ...entriesOf('settings', options),
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  }
}

function fileMenu(options: MenuOptions): MenuItemConstructorOptions {
  return {
    label: '&File',
    submenu: [
      ...entriesOf('file', options),
      ...(isMac ? [] : entriesOf('settings', options)),
      { type: 'separator' },
      { label: 'Open Data Folder', click: () => void showFolder(options.dataDir) },
      { label: 'Open Log Folder', click: () => void showFolder(logsFolder(options.dataDir)) },
      { type: 'separator' },
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  }
}

async function showFolder(folder: string): Promise<void> {
  const problem = await shell.openPath(folder)
  if (problem !== '') console.error(`The folder ${folder} cannot be opened: ${problem}`)
}

function viewMenu(options: MenuOptions): MenuItemConstructorOptions {
  const forDevelopers: MenuItemConstructorOptions[] = app.isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
  const zoom = (id: string, label: string, change: ZoomChange): MenuItemConstructorOptions => ({
    id,
    label,
    click: () => options.onZoom(change),
    ...shownKey(id, options.keys),
  })
  return {
    label: '&View',
    submenu: [
      ...entriesOf('view', options),
      { type: 'separator' },
      zoom('app.zoomReset', 'Actual Size', 'reset'),
      zoom('app.zoomIn', 'Zoom In', 'in'),
      zoom('app.zoomOut', 'Zoom Out', 'out'),
      { type: 'separator' },
      { role: 'togglefullscreen' },
      ...forDevelopers,
    ],
  }
}

function helpMenu(options: MenuOptions): MenuItemConstructorOptions {
  const about: MenuItemConstructorOptions[] = isMac
    ? []
    : [{ type: 'separator' }, aboutEntry(options)]
  return {
    role: 'help',
    submenu: [
      ...entriesOf('help', options),
      { id: 'copy-diagnostics', label: 'Copy Diagnostics', click: options.onCopyDiagnostics },
      ...about,
    ],
  }
}

function aboutEntry({ running, dataDir }: MenuOptions): MenuItemConstructorOptions {
  return {
    id: 'about',
    label: 'About Countersign',
    click: () => void showAbout(running, dataDir, () => void showFolder(dataDir)),
  }
}
