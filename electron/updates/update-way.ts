import { accessSync, constants } from 'node:fs'
import { dirname } from 'node:path'
import type { UpdateState } from '#contract/app-state.ts'
import type { Feed } from './feed.ts'

export interface UpdateWay {
  way: UpdateState['way']
  /** How to update where this copy cannot do it; `null`: it can. */
  sentence: string | null
}

export interface Installation {
  platform: NodeJS.Platform
  isPackaged: boolean
  feed: Feed | null
  /** What electron-builder wrote into resources/package-type: deb, rpm; `null`: neither. */
  packageType: string | null
  /** The file that runs, as the AppImage runtime names it. */
  appImage: string | null
  canReplace?: (file: string) => boolean
}

/** How this copy comes to a newer version. */
export function updateWay(installation: Installation): UpdateWay {
  const { platform, isPackaged, feed, packageType, appImage } = installation
  if (!isPackaged) return none('This copy runs from its sources: update those.')
  if (feed === null) return none('This build names no place where newer ones can be found.')
  if (platform !== 'linux') return { way: 'itself', sentence: null }
  if (packageType === 'deb') return byHand('sudo apt install ./countersign_VERSION_ARCH.deb')
  if (packageType === 'rpm') return byHand('sudo dnf install ./countersign-VERSION.ARCH.rpm')
  if (appImage === null) return byHand(null)
  const canReplace = installation.canReplace ?? isReplaceable
  if (canReplace(appImage)) return { way: 'itself', sentence: null }
  return {
    way: 'by-hand',
    sentence: `${appImage} or its folder may not be written by you: put the new file in its place as whoever may.`,
  }
}

function none(sentence: string): UpdateWay {
  return { way: 'none', sentence }
}

/** A package that asks for the administrator's password out of a webhook inspector is a surprise. */
function byHand(command: string | null): UpdateWay {
  return {
    way: 'by-hand',
    sentence:
      command === null
        ? 'Fetch the new version and unpack it in place of this one.'
        : `It was installed as a package: fetch the new one, then run ${command}.`,
  }
}

/** electron-updater removes the old file before it moves the new one: both must be permitted. */
function isReplaceable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK)
    accessSync(dirname(file), constants.W_OK)
    return true
  } catch {
    // Why does not matter: the answer is no.
    return false
  }
}
