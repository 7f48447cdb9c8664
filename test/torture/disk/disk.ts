import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { Chance } from '#test/torture/chance.ts'
import { type CutHow, FileNode } from './files.ts'
import { type DiskNode, FolderNode } from './folders.ts'
import { bytesOf, decoded, type TracedCall } from './trace.ts'

/** What a call will have done once it has come back. */
type Ending = (at: number, result: number) => void

const nothing: Ending = () => undefined
/**
 * They would change files in a way that is not followed here: the rest would show nothing. Symbolic
 * links only say where the control socket is: none outlives the machine.
 */
const UNFOLLOWED = /^(fallocate|sendfile|copy_file_range|linkat?|rmdir|creat|truncate|pwritev2)$/

/**
 * The files below one folder as a trace changed them: what a disk is known to hold at any moment,
 * and what was only written.
 */
export class Disk {
  readonly root: string
  private readonly top = new FolderNode()
  /** Where `write` goes on, by file descriptor. */
  private readonly offsets = new Map<number, number>()

  constructor(root: string) {
    this.root = root
  }

  /** A call begins; the ending is to be called when it comes back. */
  begin(call: TracedCall): Ending {
    const { name } = call
    if (name === 'open' || name === 'openat') return this.open(call)
    if (name === 'mkdir' || name === 'mkdirat') return this.makeFolder(call)
    if (name.startsWith('rename')) return this.rename(call)
    if (name.startsWith('unlink')) return this.unlink(call)
    if (UNFOLLOWED.test(name) && decoded(call.args).includes(`${this.root}/`)) {
      throw new Error(`${name} is not followed: ${decoded(call.args).slice(0, 200)}`)
    }
    const found = descriptorOf(call)
    const node = found === null ? null : this.find(found.path)
    if (found === null || node === null) return nothing
    if (name === 'fsync' || name === 'fdatasync') {
      return (_, result) => {
        if (result === 0) node.synced(call.entry)
      }
    }
    if (node.kind === 'folder') return nothing
    if (name === 'lseek') return (_, result) => void this.offsets.set(found.fd, result)
    if (name === 'ftruncate') {
      const change = node.change({ kind: 'truncate', size: lastNumber(call) })
      return (at, result) => change.done(at, result)
    }
    if (/^p?write/.test(name)) return this.write(call, found.fd, node)
    return nothing
  }

  /** The file of now, by its path; `null`: there is none, or it is a folder. */
  file(path: string): FileNode | null {
    const node = this.find(path)
    return node?.kind === 'file' ? node : null
  }

  /** Writes into `folder` what would be found after a power cut at this moment. */
  rebuild(folder: string, chance: Chance): void {
    const shares = [0, 0.1, 0.5, 0.9, 1]
    // In some, nothing is there that was not synced; that is what most promises break at.
    const isBare = chance.isBelow(0.3)
    const share = () => (isBare ? 0 : chance.pick(shares))
    const build = (node: FolderNode, at: string) => {
      mkdirSync(at, { recursive: true })
      for (const [name, child] of node.afterCut(chance, share())) {
        if (child.kind === 'folder') build(child, join(at, name))
        // Shared memory is never read from a disk.
        else if (!name.endsWith('-shm')) {
          const how: CutHow = { keptShare: share(), granularity: chance.pick([512, 4096]) }
          writeFileSync(join(at, name), child.afterCut(chance, how))
        }
      }
    }
    build(this.top, folder)
  }

  private find(path: string): DiskNode | null {
    if (path === this.root) return this.top
    const inside = relative(this.root, path)
    if (inside.startsWith('..')) return null
    let at: DiskNode = this.top
    for (const name of inside.split('/')) {
      const next: DiskNode | undefined = at.kind === 'folder' ? at.now.get(name) : undefined
      if (next === undefined) return null
      at = next
    }
    return at
  }

  private folderOf(path: string): FolderNode | null {
    const node = this.find(dirname(path))
    return node?.kind === 'folder' ? node : null
  }

  private open(call: TracedCall): Ending {
    const [path = ''] = stringsOf(call)
    const folder = this.folderOf(path)
    if (folder === null) return nothing
    const existing = folder.now.get(basename(path))
    const isNew = existing === undefined && call.args.includes('O_CREAT')
    const made = isNew ? folder.change([[basename(path), new FileNode()]]) : null
    const empties = existing?.kind === 'file' && call.args.includes('O_TRUNC')
    const truncated = empties ? existing.change({ kind: 'truncate', size: 0 }) : null
    return (at, result) => {
      made?.done(at, result >= 0)
      truncated?.done(at, result >= 0 ? 0 : -1)
      if (result >= 0) this.offsets.set(result, 0)
    }
  }

  private makeFolder(call: TracedCall): Ending {
    const [path = ''] = stringsOf(call)
    const folder = this.folderOf(path)
    if (folder === null || folder.now.has(basename(path))) return nothing
    const change = folder.change([[basename(path), new FolderNode()]])
    return (at, result) => change.done(at, result === 0)
  }

  private rename(call: TracedCall): Ending {
    const [from = '', to = ''] = stringsOf(call)
    const source = this.folderOf(from)
    const target = this.folderOf(to)
    if (source === null && target === null) return nothing
    const node = source?.now.get(basename(from)) ?? null
    if (node === null) return nothing
    if (source !== target) {
      throw new Error(`A rename between folders is not followed: ${from} to ${to}.`)
    }
    const change = source?.change([
      [basename(from), null],
      [basename(to), node],
    ])
    return (at, result) => change?.done(at, result === 0)
  }

  private unlink(call: TracedCall): Ending {
    const [path = ''] = stringsOf(call)
    const folder = this.folderOf(path)
    if (folder === null || !folder.now.has(basename(path))) return nothing
    const change = folder.change([[basename(path), null]])
    return (at, result) => change.done(at, result === 0)
  }

  private write(call: TracedCall, fd: number, file: FileNode): Ending {
    const isPlaced = call.name.startsWith('p')
    const offset = isPlaced ? lastNumber(call) : (this.offsets.get(fd) ?? 0)
    const change = file.change({ kind: 'write', offset, bytes: dataOf(call) })
    return (at, result) => {
      change.done(at, result)
      if (!isPlaced && result > 0) this.offsets.set(fd, offset + result)
    }
  }
}

/** The first argument, where it is a file descriptor with the path that strace gave it. */
function descriptorOf({ args }: TracedCall): { fd: number; path: string } | null {
  const parts = /^(\d+)<([^>]*)>/.exec(args)
  return parts ? { fd: Number(parts[1]), path: decoded(parts[2] ?? '') } : null
}

/** All strings among the arguments, as text. */
function stringsOf({ args }: TracedCall): string[] {
  return [...args.matchAll(/"([^"]*)"/g)].map(([, text = '']) => decoded(text))
}

/** The bytes that a call writes, all pieces together. */
export function dataOf({ name, args }: TracedCall): Buffer {
  if (args.includes('"...')) throw new Error(`strace cut the bytes of a ${name}.`)
  return Buffer.concat([...args.matchAll(/"([^"]*)"/g)].map(([, text = '']) => bytesOf(text)))
}

function lastNumber({ args }: TracedCall): number {
  return Number(/(\d+)\s*$/.exec(args)?.[1])
}
