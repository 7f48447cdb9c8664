import { connect, type Socket } from 'node:net'
import type { RawInput } from './generate.ts'

export interface Exchanged {
  /** Where it was sent from, as the listener saw it. */
  address: string
  port: number
  /** The final statuses, in order; 100 is none. */
  statuses: number[]
  /** The listener let go of the connection within the limit. */
  ended: boolean
}

/** Nothing here takes long: what is not ended by then hangs. */
const LIMIT_MS = 8000

/**
 * Sends the bytes in their packets, ends as the input says, and waits for the close.
 *
 * @param localAddress one of 127.0.0.0/8, so that rows of two inputs are never taken for one
 */
export function exchange(
  listenerPort: number,
  input: RawInput,
  localAddress: string,
): Promise<Exchanged> {
  return new Promise((resolve) => {
    const socket = connect({
      ...{ port: listenerPort, host: '127.0.0.1', localAddress },
      ...{ allowHalfOpen: true, noDelay: true },
    })
    const packets: Buffer[] = []
    let ended = true
    let port = 0
    const tooLate = setTimeout(() => {
      ended = false
      socket.destroy()
    }, LIMIT_MS)
    socket.on('data', (packet) => packets.push(packet))
    socket.on('error', () => undefined)
    socket.on('end', () => socket.end())
    socket.on('close', () => {
      clearTimeout(tooLate)
      const received = Buffer.concat(packets).toString('latin1')
      resolve({ address: localAddress, port, statuses: finalStatuses(received), ended })
    })
    socket.on('connect', () => {
      port = socket.localPort ?? 0
      void sendAll(socket, input)
    })
  })
}

async function sendAll(socket: Socket, input: RawInput): Promise<void> {
  await send(input, (bytes) => socket.write(bytes))
  if (input.ending === 'end') socket.end()
  else if (input.ending === 'destroy') socket.destroy()
  else socket.resetAndDestroy()
}

async function send({ text, cuts }: RawInput, write: (bytes: Buffer) => boolean): Promise<void> {
  let from = 0
  for (const to of [...cuts, text.length]) {
    write(Buffer.from(text.slice(from, to), 'latin1'))
    from = to
    await new Promise((resolve) => setImmediate(resolve))
  }
  await new Promise((resolve) => setTimeout(resolve, 1))
}

export function finalStatuses(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)]
    .map((match) => Number(match[1]))
    .filter((status) => status >= 200)
}
