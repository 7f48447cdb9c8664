import { createHash, randomBytes } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { EngineStartError } from '#engine/options.ts'
import { makeFolder } from '#engine/store/make-folder.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The OS's data directory for the app, unless `COUNTERSIGN_DATA_DIR` names another. Linux follows
 * the XDG Base Directory Specification, which says to ignore relative paths in its variables.
 */
export function defaultDataDir(
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const asked = env['COUNTERSIGN_DATA_DIR']
  if (asked) return path.resolve(asked)
  const home = env['HOME'] || homedir()
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'] || path.win32.join(homedir(), 'AppData', 'Local')
    return path.win32.join(local, 'Countersign')
  }
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Countersign')
  const xdg = env['XDG_DATA_HOME']
  const base = xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.local', 'share')
  return path.join(base, 'countersign')
}

/**
 * Makes the data directory (0700) when it is not there and gives its real path, so that two names
 * of one directory are one engine. Throws EngineStartError `data-dir-unusable`.
 */
export function prepareDataDir(dataDir: string): string {
  try {
    makeFolder(dataDir)
    return realpathSync(dataDir)
  } catch (error) {
    throw new EngineStartError(
      'data-dir-unusable',
      `The data directory ${dataDir} cannot be used (${reasonOf(error)}). Name another with --data-dir or COUNTERSIGN_DATA_DIR.`,
      { cause: error },
    )
  }
}

/** The real path of a data directory, `null` when there is none yet. */
export function existingDataDir(dataDir: string): string | null {
  return existsSync(dataDir) ? realpathSync(dataDir) : null
}

/** Names a data directory by device and inode: it keeps them when it is moved, a copy has others. */
export function dataDirHash(realDataDir: string): string {
  const { dev, ino } = statSync(realDataDir, { bigint: true })
  return createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 16)
}

/** Windows drops a named pipe with its process, so one fixed name is lock and address at once. */
export function controlPipePath(realDataDir: string): string {
  return `\\\\.\\pipe\\countersign-${dataDirHash(realDataDir)}`
}

/** Whether a socket was made for this data directory; a copy of it carries the links of the first. */
export function isSocketOf(realDataDir: string, socket: string): boolean {
  return path.basename(socket).startsWith(`${dataDirHash(realDataDir)}-`)
}

/**
 * A fresh, short path for a Unix socket of this data directory: `sun_path` holds only 104 bytes
 * on macOS (108 on Linux), which a data directory may well exceed.
 */
export function freshSocketPath(
  realDataDir: string,
  env: Environment = process.env,
  temporary: string = tmpdir(),
): string {
  const name = `${dataDirHash(realDataDir)}-${randomBytes(4).toString('hex')}.sock`
  const candidates = runtimeFolders(env, temporary)
  const short = candidates.find((folder) => Buffer.byteLength(path.join(folder, name)) < 104)
  if (short === undefined) {
    throw new EngineStartError(
      'data-dir-unusable',
      `The folder for the control socket, ${candidates.join(' or ')}, has too long a path for a socket. Set XDG_RUNTIME_DIR or TMPDIR to a shorter one.`,
    )
  }
  ensurePrivateFolder(short)
  return path.join(short, name)
}

function runtimeFolders(env: Environment, temporary: string): string[] {
  const runtime = env['XDG_RUNTIME_DIR']
  const perUser = `countersign-${userInfo().uid}`
  const folders = [path.join(temporary, perUser), path.join('/tmp', perUser)]
  return runtime && path.isAbsolute(runtime) && existsSync(runtime)
    ? [path.join(runtime, 'countersign'), ...folders]
    : folders
}

/**
 * Makes a folder that only this user can enter, or checks that the one that stands there is so: in
 * a shared /tmp somebody else may have put a folder or a link under our name.
 */
export function ensurePrivateFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
      throw unusableFolder(folder, reasonOf(error), error)
    }
  }
  const found = lstatSync(folder)
  if (!found.isDirectory()) throw unusableFolder(folder, 'it is not a folder')
  if (found.uid !== userInfo().uid) throw unusableFolder(folder, 'it belongs to another user')
  if ((found.mode & 0o077) !== 0) throw unusableFolder(folder, 'other users can enter it')
}

function unusableFolder(folder: string, why: string, cause?: unknown): EngineStartError {
  return new EngineStartError(
    'data-dir-unusable',
    `The folder for the control socket, ${folder}, cannot be used: ${why}. Remove it, or set XDG_RUNTIME_DIR to a folder of your own.`,
    { cause },
  )
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
