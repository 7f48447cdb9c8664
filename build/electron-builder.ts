import type { Configuration } from 'electron-builder'
import { LINUX_EXECUTABLE, removeDefaultApp, setFuses } from './fuses.ts'
import { OPENED_EXTENSIONS } from '#electron/opened-files.ts'
import type { ReleaseFacts } from './release-facts.ts'

const ARCHITECTURES: ('x64' | 'arm64')[] = ['x64', 'arm64']

/** What a file of each kind is called, for the OS's lists of programs and kinds. */
const KINDS: Record<(typeof OPENED_EXTENSIONS)[number], { name: string; mimeType: string }> = {
  '.countersign': {
    name: 'Countersign deliveries',
    mimeType: 'application/vnd.countersign.deliveries',
  },
  '.har': { name: 'HTTP archive', mimeType: 'application/vnd.har' },
}

/**
 * How the program is packed. Everything is bundled into dist/ but better-sqlite3, of which only
 * its JavaScript and the prebuilt addon of the target go in; the addon is a real file beside the
 * archive, since the OS cannot load it from inside.
 *
 * Signing and notarising are electron-builder's own, by its environment variables (CSC_LINK,
 * APPLE_API_KEY … ): without them it packs unsigned.
 *
 * @param electronDist an unpacked Electron to pack with; `null`: electron-builder fetches the one
 *   that package.json pins
 */
export function configuration(electronDist: string | null, release: ReleaseFacts): Configuration {
  const { homepage, updates, maintainer } = release
  return {
    appId: 'app.countersign.desktop',
    productName: 'Countersign',
    copyright: 'The Countersign authors',
    // Links to deliveries; electron/deep-link.ts reads them.
    protocols: [{ name: 'Countersign delivery', schemes: ['countersign'] }],
    fileAssociations: fileAssociations(),
    directories: { output: 'release', buildResources: 'build' },
    extraMetadata: {
      ...(homepage === null ? {} : { homepage }),
      // electron/updates/feed.ts reads it.
      ...(updates === null ? {} : { updates }),
    },
    // The interface is in English; the others are Chromium's own words, which the app never shows.
    electronLanguages: ['en', 'en-US'],
    asar: { smartUnpack: false },
    // The documentation is opened in a browser, which cannot look into the archive.
    asarUnpack: ['**/*.node', 'dist/renderer/docs/**'],
    npmRebuild: false,
    nodeGypRebuild: false,
    ...(electronDist === null ? {} : { electronDist }),
    afterPack: async (context) => {
      await removeDefaultApp(context)
      await setFuses(context)
    },
    artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
    // Makes latest.yml and its like, which name every file and its digest; nothing is uploaded.
    publish: updates === null ? null : { provider: 'generic', url: updates.url },
    // The one before needs FUSE 2, which Ubuntu does not install since 22.04.
    toolsets: { appimage: '1.0.3' },
    linux: {
      executableName: LINUX_EXECUTABLE,
      category: 'Development',
      synopsis: 'Records webhooks and judges their signatures',
      maintainer,
      icon: 'icons',
      target: targets('AppImage', 'deb', 'rpm'),
      files: packed('linux-${arch}'),
    },
    // No version in its name: an update replaces the file that menus and links point to.
    appImage: { artifactName: '${productName}-${arch}.${ext}' },
    // Its AppArmor profile permits the sandbox on Ubuntu 24.04: electron-builder brings that.
    deb: { packageCategory: 'devel' },
    rpm: { packageCategory: 'Development/Tools' },
    mac: {
      category: 'public.app-category.developer-tools',
      icon: 'icons/icon.icns',
      target: targets('dmg', 'zip'),
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: 'build/entitlements.mac.plist',
      entitlementsInherit: 'build/entitlements.mac.plist',
      files: packed('darwin-${arch}'),
    },
    win: {
      icon: 'icons/icon.ico',
      target: targets('nsis'),
      files: packed('win32-${arch}'),
    },
    nsis: { oneClick: true, perMachine: false, deleteAppDataOnUninstall: false },
  }
}

function targets(...names: string[]) {
  return names.map((target) => ({ target, arch: ARCHITECTURES }))
}

function fileAssociations(): NonNullable<Configuration['fileAssociations']> {
  return OPENED_EXTENSIONS.map((extension) => ({
    ext: extension.slice(1),
    name: KINDS[extension].name,
    description: KINDS[extension].name,
    mimeType: KINDS[extension].mimeType,
    role: 'Viewer',
    // Others open archives of HTTP too, and were there first.
    rank: extension === '.har' ? 'Alternate' : 'Owner',
  }))
}

/**
 * What is packed, whole for each platform: electron-builder keeps a list for all platforms apart
 * from that of one, and one that only leaves out begins with everything there is.
 *
 * @param target as better-sqlite3 names its prebuilt addons, of which one is enough
 */
function packed(target: string): string[] {
  return [
    'dist/**',
    '!dist/cli*.cjs',
    'package.json',
    // Of node_modules electron-builder takes all production dependencies but what is named here.
    '!node_modules/node-addon-api/**',
    '!node_modules/better-sqlite3/{build,deps,src}/**',
    '!node_modules/better-sqlite3/{binding.gyp,README.md}',
    `!node_modules/better-sqlite3/prebuilds/!(${target}).node`,
  ]
}
