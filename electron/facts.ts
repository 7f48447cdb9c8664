import { release } from 'node:os'

export interface Running {
  version: string
  /** `process.versions`: Electron's own besides Node's. */
  versions: Readonly<Record<string, string | undefined>>
  platform: NodeJS.Platform
  arch: string
  isPackaged: boolean
  /** How it was installed, such as `AppImage`; `null`: not known. */
  kind: string | null
}

/** What somebody who is to help has to know of the program, a line each; no paths, no names. */
export function shellFacts(running: Running, osRelease = release()): string[] {
  const { version, versions, platform, arch, isPackaged, kind } = running
  const copy = isPackaged ? (kind ?? 'packaged') : 'from its sources'
  return [
    `Countersign ${version} (desktop, ${copy})`,
    `Electron ${known(versions['electron'])}, Chromium ${known(versions['chrome'])}, Node ${known(versions['node'])}`,
    `${platform} ${arch}, ${osRelease}`,
  ]
}

/** The About box. */
export function aboutText(running: Running, dataDir: string): { title: string; detail: string } {
  const { version, versions } = running
  return {
    title: `Countersign ${version}`,
    detail: [
      `Electron ${known(versions['electron'])}`,
      `Chromium ${known(versions['chrome'])}`,
      `Node ${known(versions['node'])}`,
      '',
      `Data: ${dataDir}`,
      '',
      'MIT licence, the Countersign authors',
    ].join('\n'),
  }
}

function known(version: string | undefined): string {
  return version ?? 'unknown'
}
