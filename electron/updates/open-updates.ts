import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { type Feed, readFeed } from './feed.ts'
import { updateWay } from './update-way.ts'
import { Updates, type UpdatesOptions } from './updates.ts'

type Rest = Omit<UpdatesOptions, 'way' | 'page' | 'openSource'>

/** The updates of this copy: what it is told at its build decides where it looks. */
export function openUpdates(options: Rest): Updates {
  const feed = app.isPackaged ? readFeed(app.getAppPath()) : null
  const way = updateWay({
    platform: process.platform,
    isPackaged: app.isPackaged,
    feed,
    packageType: packageType(),
    appImage: process.env['APPIMAGE'] ?? null,
  })
  return new Updates({
    ...options,
    way,
    page: feed?.page ?? null,
    openSource: async () => {
      if (feed === null) throw new Error('This build has no feed.')
      const { openUpdateSource } = await import('./update-source.ts')
      return openUpdateSource({
        feed,
        app: adapter(),
        platform: process.platform,
        replacesItself: way.way === 'itself',
        log: options.log,
      })
    },
  })
}

/** The host of the page where versions can be fetched by hand, which may be opened. */
export function downloadHost(): string | null {
  const page = app.isPackaged ? pageOf(readFeed(app.getAppPath())) : null
  return page === null ? null : new URL(page).hostname
}

function pageOf(feed: Feed | null): string | null {
  return feed?.page ?? null
}

/** electron-builder leaves it in deb and rpm packages. */
export function packageType(): string | null {
  if (!app.isPackaged || process.platform !== 'linux') return null
  try {
    return readFileSync(join(process.resourcesPath, 'package-type'), 'utf8').trim()
  } catch {
    // Absent in an AppImage or an unpacked folder.
    return null
  }
}

/** What electron-updater asks of an app; files that it fetches stay in the data directory. */
function adapter() {
  const userDataPath = app.getPath('userData')
  return {
    version: app.getVersion(),
    name: app.getName(),
    isPackaged: app.isPackaged,
    appUpdateConfigPath: join(process.resourcesPath, 'app-update.yml'),
    userDataPath,
    baseCachePath: join(userDataPath, 'updates'),
    whenReady: async () => app.whenReady(),
    relaunch: () => app.relaunch(),
    quit: () => app.quit(),
    onQuit: (handler: (exitCode: number) => void) => {
      app.once('quit', (_event, exitCode) => handler(exitCode))
    },
  }
}
