import { Menu, app, shell, type MenuItemConstructorOptions } from 'electron'

const isMac = process.platform === 'darwin'

/** The application menu with each OS's usual entries; reload and dev tools only unpackaged. */
export function setMenu(dataDir: string): void {
  const items: MenuItemConstructorOptions[] = [
    ...(isMac ? [macAppMenu()] : []),
    fileMenu(dataDir),
    { role: 'editMenu' },
    viewMenu(),
    { role: 'windowMenu' },
    ...(isMac ? [] : [helpMenu()]),
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(items))
}

/** What the About box says. */
export function setAbout(version: string): void {
  app.setAboutPanelOptions({
    applicationName: 'Countersign',
    applicationVersion: version,
    copyright: 'MIT licence, the Countersign authors',
  })
}

function macAppMenu(): MenuItemConstructorOptions {
  return { role: 'appMenu' }
}

function fileMenu(dataDir: string): MenuItemConstructorOptions {
  return {
    label: '&File',
    submenu: [
      { label: 'Open Data Folder', click: () => void showFolder(dataDir) },
      { type: 'separator' },
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  }
}

async function showFolder(folder: string): Promise<void> {
  const problem = await shell.openPath(folder)
  if (problem !== '') console.error(`The folder ${folder} cannot be opened: ${problem}`)
}

function viewMenu(): MenuItemConstructorOptions {
  const forDevelopers: MenuItemConstructorOptions[] = app.isPackaged
    ? []
    : [{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }]
  return {
    label: '&View',
    submenu: [
      ...forDevelopers,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  }
}

function helpMenu(): MenuItemConstructorOptions {
  return { role: 'help', submenu: [{ role: 'about' }] }
}
