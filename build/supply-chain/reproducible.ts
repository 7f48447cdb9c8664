import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/**
 * Builds the JavaScript twice, in two folders with nothing in common but their content, under
 * another time zone, language and home, and compares every file.
 *
 *   node build/supply-chain/reproducible.ts
 *
 * Exits 1 and names the files that differ. The last line is the hash of the whole build.
 */
function main(root: string): number {
  const scratch = mkdtempSync(path.join(tmpdir(), 'countersign-twice-'))
  try {
    const [first, second] = [
      { folder: path.join(scratch, 'a'), env: { TZ: 'Pacific/Kiritimati', LANG: 'C' } },
      {
        folder: path.join(scratch, 'another folder', 'with a longer name'),
        env: { TZ: 'America/Los_Angeles', LANG: 'de_DE.UTF-8', HOME: scratch },
      },
    ].map(({ folder, env }) => buildIn(root, folder, env))
    const names = [...new Set([...(first?.keys() ?? []), ...(second?.keys() ?? [])])].sort()
    const differing = names.filter((name) => first?.get(name) !== second?.get(name))
    for (const name of differing) {
      console.error(`reproducible: ${name} differs: ${first?.get(name)} and ${second?.get(name)}`)
    }
    const whole = createHash('sha256')
    for (const name of names) whole.update(`${first?.get(name)}  ${name}\n`)
    console.log(`reproducible: ${names.length} files, ${differing.length} differ`)
    if (names.length > 0 && differing.length === 0) console.log(`sha256 ${whole.digest('hex')}`)
    return names.length > 0 && differing.length === 0 ? 0 : 1
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** The digests of what is built in a copy of the sources, by path below `dist`. */
function buildIn(root: string, folder: string, env: Record<string, string>): Map<string, string> {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  )
  // A file may be deleted and not yet committed as such.
  const names = listed
    .split('\0')
    .filter((name) => name !== '' && existsSync(path.join(root, name)))
  for (const name of names) {
    const to = path.join(folder, name)
    mkdirSync(path.dirname(to), { recursive: true })
    copyFileSync(path.join(root, name), to)
  }
  // Real files, so that no module has the same path in both.
  linkAll(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  const vite = path.join(folder, 'node_modules', 'vite', 'bin', 'vite.js')
  const { status } = spawnSync(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error(`The build in ${folder} ended with ${status}.`)
  return digests(path.join(folder, 'dist'))
}

/** The same tree with hard links to its files; a copy where the file system has none. */
function linkAll(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)]
    // Caches of tools hold results of an earlier build.
    if (entry.isDirectory() && entry.name.startsWith('.') && entry.name !== '.bin') continue
    if (entry.isDirectory()) linkAll(source, target)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else link(source, target)
  }
}

function link(source: string, target: string): void {
  try {
    linkSync(source, target)
  } catch {
    copyFileSync(source, target)
  }
}

function digests(folder: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const digest = createHash('sha256').update(readFileSync(file)).digest('hex')
    found.set(path.relative(folder, file).split(path.sep).join('/'), digest)
  }
  return found
}

process.exitCode = main(path.resolve(import.meta.dirname, '..', '..'))
