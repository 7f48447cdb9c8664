import { expect, it } from 'vitest'
import { type Installation, updateWay } from './update-way.ts'

const appImage: Installation = {
  platform: 'linux',
  isPackaged: true,
  feed: { url: 'https://example.com/', publicKey: 'x', page: null },
  packageType: null,
  appImage: '/home/me/Countersign.AppImage',
  canReplace: () => true,
}

it.each([
  ['an AppImage that may be written', {}, 'itself', /^nothing$/],
  ['macOS', { platform: 'darwin', appImage: null } as const, 'itself', /^nothing$/],
  ['Windows', { platform: 'win32', appImage: null } as const, 'itself', /^nothing$/],
  ['a deb package', { packageType: 'deb', appImage: null }, 'by-hand', /sudo apt install/],
  ['an rpm package', { packageType: 'rpm', appImage: null }, 'by-hand', /sudo dnf install/],
  ['a folder that was unpacked', { appImage: null }, 'by-hand', /unpack it in place/],
  [
    'an AppImage of root',
    { canReplace: () => false },
    'by-hand',
    /Countersign\.AppImage or its folder/,
  ],
  ['a copy from its sources', { isPackaged: false }, 'none', /sources/],
  ['a build without a feed', { feed: null }, 'none', /names no place/],
] as const)('%s', (_, differs, way, sentence) => {
  const found = updateWay({ ...appImage, ...differs })
  expect(found.way).toBe(way)
  expect(found.sentence ?? 'nothing').toMatch(sentence)
})
