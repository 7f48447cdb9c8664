import { readFileSync } from 'node:fs'

/** What is looked at of a connection. */
export interface Connection {
  readonly remoteAddress?: string | undefined
  readonly remotePort?: number | undefined
  readonly localPort?: number | undefined
}

const ROOT = 0

/**
 * Whether the other end of a loopback connection is a process of another user. Browsers send a
 * cookie to every port of a host (RFC 6265, section 8.5): whoever serves a page at another port of
 * this machine gets ours, and could use it from a program that forges all else. Linux tells whose a
 * socket is (proc_net_tcp(5)); where nobody tells, nobody is a stranger. Root may be passing on for
 * somebody, such as `ssh -L` or a container's proxy, and can do everything anyway.
 */
export function isStranger(
  connection: Connection,
  ownUser: number | null = process.getuid?.() ?? null,
  read: (file: string) => string | null = contentsOf,
): boolean {
  if (ownUser === null) return false
  const user = userAt(connection, read)
  return user !== null && user !== ownUser && user !== ROOT
}

/** `null`: the system does not say. */
function userAt(
  { remoteAddress = '', remotePort, localPort }: Connection,
  read: (file: string) => string | null,
): number | null {
  if (remotePort === undefined || localPort === undefined) return null
  const file = remoteAddress.includes('.') ? '/proc/net/tcp' : '/proc/net/tcp6'
  // An IPv4 client of a socket for both stands in either list.
  const tables = [read(file), remoteAddress.includes('.') ? read('/proc/net/tcp6') : null]
  for (const line of tables.flatMap((table) => table?.split('\n') ?? [])) {
    const [, local = '', remote = '', , , , , user = ''] = line.trim().split(/\s+/)
    if (!local.endsWith(`:${hexPort(remotePort)}`)) continue
    if (remote.endsWith(`:${hexPort(localPort)}`) && /^\d+$/.test(user)) return Number(user)
  }
  return null
}

function hexPort(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0')
}

function contentsOf(file: string): string | null {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    // Not Linux, or not allowed to look: then nobody tells.
    return null
  }
}
