import assert from 'node:assert/strict'
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** What may lie in the archive; whatever else is a surprise, and stops the release. */
const EXPECTED: readonly RegExp[] = [
  /^package\.json$/,
  /^dist\/(?!cli[.-])[\w-]+\.cjs$/,
  /^dist\/renderer\/(?:index\.html|[\w@-]+\.(?:svg|png))$/,
  /^dist\/renderer\/assets\/[\w-]+\.(?:js|css|woff2?|svg|png)$/,
  // The documentation, where it was built.
  /^dist\/renderer\/docs\/[\w./@-]+\.(?:html|js|css|json|svg|png|woff2?)$/,
  /^node_modules\/better-sqlite3\/(?:package\.json|LICENSE)$/,
  /^node_modules\/better-sqlite3\/lib\/[\w/-]+\.js$/,
  /^node_modules\/better-sqlite3\/prebuilds\/linux-(?:x64|arm64)\.node$/,
]

/** Beside Electron's own files. */
const OUTSIDE: readonly RegExp[] = [
  /^app\.asar$/,
  /^app\.asar\.unpacked\/node_modules\/better-sqlite3\/prebuilds\/linux-(?:x64|arm64)\.node$/,
  /^app\.asar\.unpacked\/dist\/renderer\/docs\/[\w./@-]+\.(?:html|js|css|json|svg|png|woff2?)$/,
  /^app-update\.yml$/,
  /^(?:package-type|apparmor-profile)$/,
]

/**
 * Looks into the packed program that no source, test or tool came along, and says how large it is.
 *
 * @param folder what electron-builder made, such as release/linux-unpacked
 */
export function checkContents(folder: string): void {
  const archive = path.join(folder, 'resources/app.asar')
  const packed = filesInArchive(archive)
  assert.deepEqual(surprises(packed, EXPECTED), [], 'files in app.asar that do not belong there')
  assert.ok(packed.includes('dist/main.cjs') && packed.includes('dist/renderer/index.html'))
  const addons = packed.filter((name) => name.endsWith('.node'))
  assert.equal(addons.length, 1, `one addon is enough: ${addons.join(', ')}`)

  const resources = path.join(folder, 'resources')
  assert.deepEqual(surprises(filesIn(resources), OUTSIDE), [], 'files beside app.asar')
  const languages = readdirSync(path.join(folder, 'locales'))
  assert.ok(languages.includes('en-US.pak') && languages.length <= 2, languages.join(', '))
  const all = filesIn(folder).map((name) => statSync(path.join(folder, name)).size)
  console.log(
    `${packed.length} files in app.asar, ${megabytes(statSync(archive).size)}; installed ${megabytes(sum(all))}.`,
  )
}

interface Folder {
  files: Record<string, Folder | object>
}
const Folder: z.ZodType<Folder> = z.object({
  get files() {
    return z.record(z.string(), z.union([Folder, z.object({})]))
  },
})

/**
 * Chromium's pickles begin with their length: of the one that says how long the header is, of the
 * header, and of the text in it, which is JSON (https://github.com/electron/asar#format).
 */
function filesInArchive(archive: string): string[] {
  const descriptor = openSync(archive, 'r')
  const lengths = Buffer.alloc(16)
  readSync(descriptor, lengths, 0, 16, 0)
  const header = Buffer.alloc(lengths.readUInt32LE(12))
  readSync(descriptor, header, 0, header.length, 16)
  closeSync(descriptor)
  const names: string[] = []
  const visit = (folder: Folder, prefix: string) => {
    for (const [name, entry] of Object.entries(folder.files)) {
      const inner = Folder.safeParse(entry)
      if (inner.success) visit(inner.data, `${prefix}${name}/`)
      else names.push(`${prefix}${name}`)
    }
  }
  visit(Folder.parse(JSON.parse(header.toString('utf8'))), '')
  return names
}

function surprises(names: readonly string[], expected: readonly RegExp[]): string[] {
  return names.filter((name) => !expected.some((pattern) => pattern.test(name)))
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.replaceAll('\\', '/'))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((whole, each) => whole + each, 0)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
