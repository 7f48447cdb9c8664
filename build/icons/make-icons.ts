import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'

/**
 * Draws icon.svg at every size that the platforms ask for, and packs icon.icns and icon.ico from
 * the results; and the pictures of the tray, with and without the mark of failures, and for the
 * menu bar of macOS. Needs a Chromium: Playwright's own, or CHROMIUM names one.
 *
 *   node build/icons/make-icons.ts
 */
const here = import.meta.dirname
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const

/** Apple's icon types that hold a PNG, and the pixels each stands for (Icon Services). */
const icnsTypes: readonly [type: string, size: (typeof sizes)[number]][] = [
  ['icp4', 16],
  ['icp5', 32],
  ['icp6', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
]
const icoSizes = [16, 24, 32, 48, 64, 128, 256] as const

/** The tray and the taskbar overlay load these from the built page's folder. */
const publicDir = join(here, '../../renderer/public')
const TRAY_SIZE = 32
/** macOS finds the one for its sharp displays by its name. */
const MENU_BAR = [
  [16, 'trayTemplate.png'],
  [32, 'trayTemplate@2x.png'],
] as const

const drawn = await draw(join(here, 'icon.svg'), sizes)
for (const size of sizes) writeFileSync(join(here, `${size}x${size}.png`), png(size))
writeFileSync(join(here, 'icon.icns'), icns())
writeFileSync(join(here, 'icon.ico'), ico())
for (const [source, target] of [
  ['icon.svg', 'tray.png'],
  ['icon-failures.svg', 'tray-failures.png'],
] as const) {
  const picture = (await draw(join(publicDir, source), [TRAY_SIZE])).get(TRAY_SIZE)
  if (picture === undefined) throw new Error(`${source} was not drawn.`)
  writeFileSync(join(publicDir, target), picture)
}
const menuBar = await draw(
  join(here, 'tray-template.svg'),
  MENU_BAR.map(([size]) => size),
)
for (const [size, name] of MENU_BAR) {
  const picture = menuBar.get(size)
  if (picture === undefined) throw new Error(`${name} was not drawn.`)
  writeFileSync(join(publicDir, name), picture)
}

async function draw(file: string, at: readonly number[]): Promise<ReadonlyMap<number, Buffer>> {
  const svg = readFileSync(file, 'utf8')
  const executablePath = process.env['CHROMIUM']
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    chromiumSandbox: process.getuid?.() !== 0,
  })
  const page = await browser.newPage()
  const pictures = new Map<number, Buffer>()
  for (const size of at) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${svg}`)
    pictures.set(size, await page.screenshot({ omitBackground: true }))
  }
  await browser.close()
  return pictures
}

function png(size: number): Buffer {
  const picture = drawn.get(size)
  if (picture === undefined) throw new Error(`Nothing was drawn at ${size} px.`)
  return picture
}

/** `icns`, the length of the whole, then type, length and PNG of each picture; big endian. */
function icns(): Buffer {
  const entries = icnsTypes.map(([type, size]) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(8 + png(size).byteLength, 4)
    return Buffer.concat([head, png(size)])
  })
  const body = Buffer.concat(entries)
  const head = Buffer.alloc(8)
  head.write('icns', 'latin1')
  head.writeUInt32BE(8 + body.byteLength, 4)
  return Buffer.concat([head, body])
}

/** A directory of 16 bytes per picture, then the PNGs; little endian; 256 is written as 0. */
function ico(): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(icoSizes.length, 4)
  let offset = 6 + 16 * icoSizes.length
  const directory = icoSizes.map((size) => {
    const entry = Buffer.alloc(16)
    entry.writeUInt8(size % 256, 0)
    entry.writeUInt8(size % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png(size).byteLength, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png(size).byteLength
    return entry
  })
  return Buffer.concat([head, ...directory, ...icoSizes.map(png)])
}
