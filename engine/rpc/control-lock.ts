import { chmodSync, lstatSync, readdirSync, readlinkSync, symlinkSync, unlinkSync } from 'node:fs'
import { createConnection, type Server } from 'node:net'
import path from 'node:path'
import { EngineStartError } from '#engine/options.ts'
import { controlPipePath, freshSocketPath, isSocketOf } from './data-dir.ts'

/*
 * Who holds a data directory is written in it as links `engine.1`, `engine.2`, … to Unix sockets;
 * the highest number counts, and its holder lives if the socket takes a connection.
 *
 * A claim binds and listens on a fresh socket first and then makes the link with the next number:
 * making a link is atomic and fails when the name exists, so each number has one claimant at most,
 * and a link that can be seen leads to a socket that already listens. The highest link is never
 * removed, not even at a clean end: numbers only rise, so whoever claimed on an outdated view finds
 * a higher number afterwards and withdraws. Nothing that may be alive is ever removed; unlinking a
 * stale socket and binding its name again, the usual way, would let two starters both succeed.
 *
 * The links stand in the data directory, not beside the sockets, because two processes may have
 * different runtime folders (a shell and a cron job) and still share the data directory.
 */

const LINK = /^engine\.(\d{1,15})$/

/** `path` is where the engine that holds the data directory listens: this one, or the other. */
export type Claim = { held: boolean; path: string }

/** Where the engine of this data directory listens, if one lives. */
export async function findEngine(realDataDir: string): Promise<string | null> {
  const socket =
    process.platform === 'win32'
      ? controlPipePath(realDataDir)
      : newest(generations(realDataDir).filter(({ socket: made }) => isSocketOf(realDataDir, made)))
          ?.socket
  return socket !== undefined && (await isAlive(socket)) ? socket : null
}

/**
 * Binds `server` to a control socket of the data directory and so takes its lock. The server is
 * left unbound when another engine holds it.
 */
export async function claimDataDir(realDataDir: string, server: Server): Promise<Claim> {
  if (process.platform === 'win32') return claimPipe(realDataDir, server)
  for (;;) {
    // One look for both: what appears after it makes the number below be taken already.
    const seen = generations(realDataDir)
    const holder = newest(seen.filter((one) => isSocketOf(realDataDir, one.socket)))
    if (holder !== undefined && (await isAlive(holder.socket))) {
      return { held: false, path: holder.socket }
    }
    const highest = newest(seen)
    const socket = freshSocketPath(realDataDir)
    await listen(server, socket)
    chmodSync(socket, 0o600)
    if (claimNumber(realDataDir, (highest?.number ?? 0) + 1, socket)) {
      return { held: true, path: socket }
    }
    // A socket whose link was seen may be removed by the winner: the next try needs a fresh one.
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
}

/** Takes a number for a listening socket; false, with the link withdrawn, if somebody was faster. */
function claimNumber(realDataDir: string, number: number, socket: string): boolean {
  if (!linkGeneration(realDataDir, number, socket)) return false
  const seen = generations(realDataDir)
  if (seen.some((generation) => generation.number > number)) {
    unlinkIfThere(path.join(realDataDir, `engine.${number}`))
    return false
  }
  removeStale(
    realDataDir,
    seen.filter((generation) => generation.number < number),
  )
  return true
}

async function claimPipe(realDataDir: string, server: Server): Promise<Claim> {
  const pipe = controlPipePath(realDataDir)
  try {
    await listen(server, pipe)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EADDRINUSE' || code === 'EACCES') return { held: false, path: pipe }
    throw error
  }
  return { held: true, path: pipe }
}

interface Generation {
  number: number
  socket: string
}

function generations(realDataDir: string): Generation[] {
  const found: Generation[] = []
  for (const name of readdirSync(realDataDir)) {
    const number = LINK.exec(name)?.[1]
    if (number === undefined) continue
    const socket = readLinkIfThere(path.join(realDataDir, name))
    if (socket !== null) found.push({ number: Number(number), socket })
  }
  return found
}

function newest(found: readonly Generation[]): Generation | undefined {
  return found.reduce<Generation | undefined>(
    (best, next) => (best === undefined || next.number > best.number ? next : best),
    undefined,
  )
}

/** False when another process has this number already. */
function linkGeneration(realDataDir: string, number: number, socket: string): boolean {
  try {
    symlinkSync(socket, path.join(realDataDir, `engine.${number}`))
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw new EngineStartError(
      'data-dir-unusable',
      `The data directory ${realDataDir} cannot be written (${codeOf(error) ?? 'unknown error'}). Name another with --data-dir.`,
      { cause: error },
    )
  }
}

function removeStale(realDataDir: string, older: readonly Generation[]): void {
  for (const { number, socket } of older) {
    unlinkIfThere(path.join(realDataDir, `engine.${number}`))
    if (!isSocketOf(realDataDir, socket)) continue
    if (lstatSync(socket, { throwIfNoEntry: false })?.isSocket()) unlinkIfThere(socket)
  }
}

/** Whether something accepts connections there. A socket whose process died refuses at once. */
async function isAlive(socket: string): Promise<boolean> {
  for (;;) {
    const outcome = await probe(socket)
    if (outcome === 'alive' || outcome === 'dead') return outcome === 'alive'
    // It was closed, or was just closing, with this connection in its queue: the next try tells.
    if (codeOf(outcome) !== 'ECONNRESET') throw unreachable(socket, outcome)
  }
}

function probe(socket: string): Promise<'alive' | 'dead' | Error> {
  return new Promise((resolve) => {
    const connection = createConnection(socket)
    connection.once('connect', () => {
      connection.destroy()
      resolve('alive')
    })
    connection.once('error', (error) => {
      const code = codeOf(error)
      // A full backlog (EAGAIN) or a busy pipe has a living process behind it.
      if (code === 'EAGAIN' || code === 'EBUSY') resolve('alive')
      else if (code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ENOTSOCK') resolve('dead')
      else resolve(error)
    })
  })
}

function unreachable(socket: string, error: Error): EngineStartError {
  return new EngineStartError(
    'data-dir-unusable',
    `Whether another Countersign uses this data directory cannot be told: its control socket ${socket} says ${error.message}. Name another with --data-dir.`,
    { cause: error },
  )
}

function listen(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(socket, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function readLinkIfThere(file: string): string | null {
  try {
    return readlinkSync(file)
  } catch (error) {
    // ENOENT: its holder withdrew meanwhile. EINVAL: a file of that name that is not ours.
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EINVAL') return null
    throw error
  }
}

function unlinkIfThere(file: string): void {
  try {
    unlinkSync(file)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null
}
