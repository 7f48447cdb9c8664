import {
  AppImageUpdater,
  type AppUpdater,
  DebUpdater,
  MacUpdater,
  NsisUpdater,
  type UpdateInfo,
} from 'electron-updater'
import type { AppAdapter } from 'electron-updater/out/AppAdapter.js'
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js'
import type { Feed } from './feed.ts'
import { fetchFile } from './fetch-update.ts'
import { SignedFeed } from './signed-feed.ts'

export interface FoundUpdate {
  version: string
  /** Plain text; empty: the feed says nothing. */
  notes: string
}

/** What the rest of the app knows of electron-updater. */
export interface UpdateSource {
  /** `null`: nothing newer, or not for this copy yet (staged). */
  check(): Promise<FoundUpdate | null>
  /** Fetches and checks what `check` found. */
  download(onPercent: (percent: number) => void): Promise<void>
  /** Replaces the app, starts the new one and ends this one; throws when it cannot. */
  install(): void
}

export interface SourceOptions {
  feed: Feed
  app: AppAdapter
  platform: NodeJS.Platform
  /** `false`: only asks what there is (a package manager installs it). */
  replacesItself: boolean
  log: (level: 'info' | 'warn', sentence: string) => void
}

/** electron-updater with our own network, our own signature check, and nothing done by itself. */
export function openUpdateSource(options: SourceOptions): UpdateSource {
  const updater = updaterFor(options)
  // Nothing happens that nobody asked for: not the download, not the install at the end.
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  updater.allowDowngrade = false
  updater.disableDifferentialDownload = true
  updater.disableWebInstaller = true
  updater.logger = {
    info: (message: unknown) => options.log('info', String(message)),
    warn: (message: unknown) => options.log('warn', String(message)),
    error: (message: unknown) => options.log('warn', String(message)),
  }
  // Without a listener an error event ends the process. Calls reject besides, but installing does not.
  let failures: Error[] = []
  updater.on('error', (error) => failures.push(error))
  let tellPercent = ignorePercent
  const { feed } = options
  // Its own client is Chromium's, which has no network here, and sends an id of this copy.
  Reflect.set(updater, 'httpExecutor', {
    download: (address: URL, destination: string, { sha512 }: { sha512?: string | null }) =>
      fetchFile(address, destination, { sha512: sha512 ?? '', onPercent: (at) => tellPercent(at) }),
  })
  updater.setFeedURL({
    provider: 'custom',
    updateProvider: class extends SignedFeed {
      constructor(_: unknown, __: unknown, runtime: ProviderRuntimeOptions) {
        super(feed, runtime)
      }
    },
  })
  return {
    async check() {
      const result = await updater.checkForUpdates()
      if (!result?.isUpdateAvailable) return null
      return { version: result.updateInfo.version, notes: notesOf(result.updateInfo) }
    },
    async download(onPercent) {
      tellPercent = onPercent
      await updater.downloadUpdate()
    },
    install() {
      failures = []
      // The one of AppImages also does what only quitting needs, and tells of it by Electron's events.
      if (!(updater instanceof AppImageUpdater)) updater.quitAndInstall(true, true)
      else if (updater.install(true, true)) options.app.quit()
      const [failure] = failures
      if (failure !== undefined) throw failure
    },
  }
}

function updaterFor({ app, platform, replacesItself }: SourceOptions): AppUpdater {
  if (platform === 'darwin') return new MacUpdater(undefined, app)
  if (platform === 'win32') return new NsisUpdater(null, app)
  // The one for deb packages asks without looking for an AppImage around it.
  return replacesItself ? new AppImageUpdater(null, app) : new DebUpdater(null, app)
}

function ignorePercent(_percent: number): void {}

function notesOf({ releaseNotes }: UpdateInfo): string {
  if (typeof releaseNotes === 'string') return releaseNotes
  return (releaseNotes ?? []).map(({ version, note }) => `${version}\n${note ?? ''}`).join('\n\n')
}
