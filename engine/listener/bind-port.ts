import type { Server } from 'node:net'
import { EngineStartError } from '#engine/options.ts'
import { portHolder } from './port-holder.ts'

export interface Place {
  host: string
  port: number
  /** Then exactly this port or none; otherwise the next free one will do. */
  portWasAskedFor: boolean
  /** Where the person would choose another: by options of the command line, unless said. */
  choose?: 'options' | 'settings'
}

const MORE_PORTS = 20
const LAST_PORT = 65_535

/**
 * Makes the server listen. Resolves with the sentence that says which port was taken instead of
 * the wanted one, or `null`. Rejects with EngineStartError `port-taken` or `host-unusable`.
 */
export async function bindPort(server: Server, place: Place): Promise<string | null> {
  const { port, portWasAskedFor } = place
  if (await isBound(server, place, port)) return null
  const holder = await portHolder(port)
  const taken = `Port ${port} is taken by another program${holder}.`
  if (portWasAskedFor) {
    throw new EngineStartError(
      'port-taken',
      `${taken} Stop that program, or choose another port${withPort(place)} (0 takes any free one).`,
    )
  }
  const last = Math.min(port + MORE_PORTS, LAST_PORT)
  for (let next = port + 1; next <= last; next += 1) {
    if (await isBound(server, place, next)) return `${taken} Listening on ${next} instead.`
  }
  throw new EngineStartError(
    'port-taken',
    `Ports ${port} to ${last} are all taken. Choose another port${withPort(place)} (0 takes any free one).`,
  )
}

/** False: the port is taken. Everything else that is in the way is thrown. */
async function isBound(server: Server, place: Place, port: number): Promise<boolean> {
  const error = await listening(server, place.host, port)
  if (error === null) return true
  if (error.code === 'EADDRINUSE') return false
  throw new EngineStartError('host-unusable', inTheWay(error, place, port), { cause: error })
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

function inTheWay(error: NodeJS.ErrnoException, place: Place, port: number): string {
  const { host } = place
  switch (error.code ?? '') {
    case 'EACCES':
      return `This system does not let the program listen on port ${port}. Choose a port above 1023${withPort(place)}.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is no address of this machine. Choose another${withHost(place)} (127.0.0.1 takes senders on this machine only).`
    default:
      return `Could not listen on ${host}, port ${port}: ${error.message}. Choose another host or port${place.choose === 'settings' ? '' : ' with --host or --port'}.`
  }
}

function withPort({ choose = 'options' }: Place): string {
  return choose === 'options' ? ' with --port' : ''
}

function withHost({ choose = 'options' }: Place): string {
  return choose === 'options' ? ' with --host' : ''
}
