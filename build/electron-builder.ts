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
    // Links to deliveries; electron/deep-link.ts reads them.
    protocols: [{ name: 'Countersign delivery', schemes: ['countersign'] }],
    directories: { output: 'release', buildResources: 'build' },
    files: [
      'dist/**',
      '!dist/cli*.cjs',
      'package.json',
      // Of node_modules electron-builder takes all production dependencies but what is named here.
      '!node_modules/node-addon-api/**',
      '!node_modules/better-sqlite3/{build,deps,src}/**',
      '!node_modules/better-sqlite3/{binding.gyp,README.md}',
    ],
    asar: { smartUnpack: false },
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
      target: ['AppImage', 'tar.gz'],
      files: onlyAddon('linux-${arch}'),
    },
    mac: {
      category: 'public.app-category.developer-tools',
      icon: 'icons/icon.icns',
      target: ['dmg', 'zip'],
      hardenedRuntime: true,
      entitlements: 'build/entitlements.mac.plist',
      entitlementsInherit: 'build/entitlements.mac.plist',
      files: onlyAddon('darwin-${arch}'),
    },
    win: {
      icon: 'icons/icon.ico',
      target: ['nsis'],
      files: onlyAddon('win32-${arch}'),
    },
    nsis: { oneClick: true, perMachine: false },
  }
}

/** Leaves out better-sqlite3's prebuilt addons of other platforms; named as Node names those. */
function onlyAddon(target: string): string[] {
  return [`!node_modules/better-sqlite3/prebuilds/!(${target}).node`]
}
