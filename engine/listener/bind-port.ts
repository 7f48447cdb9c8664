import type { Server } from 'node:net'
import { EngineStartError } from '#engine/options.ts'
import { portHolder } from './port-holder.ts'

export interface Place {
  host: string
  port: number
  /** Then exactly this port or none; otherwise the next free one will do. */
  portWasAskedFor: boolean
}

const MORE_PORTS = 20
const LAST_PORT = 65_535

/**
 * Makes the server listen. Resolves with the sentence that says which port was taken instead of
 * the wanted one, or `null`. Rejects with EngineStartError `port-taken` or `host-unusable`.
 */
export async function bindPort(server: Server, place: Place): Promise<string | null> {
  const { host, port, portWasAskedFor } = place
  if (await isBound(server, host, port)) return null
  const holder = await portHolder(port)
  const taken = `Port ${port} is taken by another program${holder}.`
  if (portWasAskedFor) {
    throw new EngineStartError(
      'port-taken',
      `${taken} Stop that program, or choose another port with --port (0 takes any free one).`,
    )
  }
  const last = Math.min(port + MORE_PORTS, LAST_PORT)
  for (let next = port + 1; next <= last; next += 1) {
    if (await isBound(server, host, next)) return `${taken} Listening on ${next} instead.`
  }
  throw new EngineStartError(
    'port-taken',
    `Ports ${port} to ${last} are all taken. Choose another port with --port (0 takes any free one).`,
  )
}

/** False: the port is taken. Everything else that is in the way is thrown. */
async function isBound(server: Server, host: string, port: number): Promise<boolean> {
  const error = await listening(server, host, port)
  if (error === null) return true
  if (error.code === 'EADDRINUSE') return false
  throw new EngineStartError('host-unusable', inTheWay(error, host, port), { cause: error })
}

function listening(
  server: Server,
  host: string,
  port: number,
): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const onListening = () => {
      server.off('error', onError)
      resolve(null)
    }
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening)
      resolve(error)
    }
    server.once('listening', onListening).once('error', onError)
    server.listen({ host, port, backlog: 1024 })
  })
}

function inTheWay(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code ?? '') {
    case 'EACCES':
      return `This system does not let the program listen on port ${port}. Choose a port above 1023 with --port.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is no address of this machine. Choose another with --host (127.0.0.1 takes senders on this machine only).`
    default:
      return `Could not listen on ${host}, port ${port}: ${error.message}. Choose another with --host or --port.`
  }
}
