import { readdir, readFile, readlink } from 'node:fs/promises'

const LISTENING = '0A'

/**
 * The program that listens on a TCP port, as " (pid 123, node)", or an empty text where the system
 * does not tell (only Linux has /proc, and it hides the files of other users).
 */
export async function portHolder(port: number): Promise<string> {
  const inodes = await listeningInodes(port)
  if (inodes.size === 0) return ''
  for (const pid of await namesIn('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    for (const descriptor of await namesIn(`/proc/${pid}/fd`)) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '')
      if (!inodes.has(target)) continue
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
      return name === '' ? ` (pid ${pid})` : ` (pid ${pid}, ${name.trim()})`
    }
  }
  return ''
}

/** Link targets such as `socket:[12345]`. Columns: proc(5), /proc/net/tcp. */
async function listeningInodes(port: number): Promise<Set<string>> {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const inodes = new Set<string>()
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'latin1').catch(() => '')
    for (const line of text.split('\n').slice(1)) {
      const columns = line.trim().split(/\s+/)
      const isIt = columns[1]?.endsWith(wanted) && columns[3] === LISTENING
      if (isIt && columns[9]) inodes.add(`socket:[${columns[9]}]`)
    }
  }
  return inodes
}

/** Processes end while we look, and others' are closed to us: then there is nothing to see. */
function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}
