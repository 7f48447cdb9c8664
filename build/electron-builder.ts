import type { Configuration } from 'electron-builder'
import { LINUX_EXECUTABLE, setFuses } from './fuses.ts'

/**
 * How the program is packed. Everything is bundled into dist/ but better-sqlite3, of which only
 * its JavaScript and the prebuilt addon of the target go in; the addon is a real file beside the
 * archive, since the OS cannot load it from inside.
 *
 * @param electronDist an unpacked Electron to pack with; `null`: electron-builder fetches the one
 *   that package.json pins
 */
export function configuration(electronDist: string | null): Configuration {
  return {
    appId: 'app.countersign.desktop',
    productName: 'Countersign',
    copyright: 'The Countersign authors',
    directories: { output: 'release', buildResources: 'build' },
    files: [
      'dist/**',
      '!dist/cli*.cjs',
      'package.json',
      '!node_modules/**',
      'node_modules/better-sqlite3/package.json',
      'node_modules/better-sqlite3/LICENSE',
      'node_modules/better-sqlite3/lib/**',
    ],
    asar: true,
    asarUnpack: ['**/*.node'],
    npmRebuild: false,
    nodeGypRebuild: false,
    ...(electronDist === null ? {} : { electronDist }),
    afterPack: setFuses,
    linux: {
      executableName: LINUX_EXECUTABLE,
      category: 'Development',
      synopsis: 'Records webhooks and judges their signatures',
      icon: 'icons',
      target: ['AppImage', 'deb'],
      files: addon('linux-${arch}'),
    },
    mac: {
      category: 'public.app-category.developer-tools',
      icon: 'icons/icon.icns',
      target: ['dmg', 'zip'],
      hardenedRuntime: true,
      entitlements: 'build/entitlements.mac.plist',
      entitlementsInherit: 'build/entitlements.mac.inherit.plist',
      files: addon('darwin-${arch}'),
    },
    win: {
      icon: 'icons/icon.ico',
      target: ['nsis'],
      files: addon('win32-${arch}'),
    },
    nsis: { oneClick: true, perMachine: false },
  }
}

/** better-sqlite3's prebuilt addon, named by platform and architecture as Node names them. */
function addon(target: string): string[] {
  return [`node_modules/better-sqlite3/prebuilds/${target}.node`]
}
