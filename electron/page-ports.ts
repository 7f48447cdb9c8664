import type { AnyRouter, Context } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'

/** Our end of a channel whose other end a page has. */
export interface PagePort {
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  postMessage(message: unknown): void
}

/** As the other doors: larger than any input of the contract. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024

/**
 * Answers the calls that come through ports. A page sends what it likes once it is not ours any
 * more: what cannot be read is dropped and noted, and the engine goes on. (oRPC's own handler for
 * ports leaves it to an unhandled rejection, which ends the process, and takes a number for the
 * size of a buffer.)
 */
export function portServer(router: AnyRouter): (port: PagePort) => void {
  const handler = new RPCHandler<Context>(router)
  return (port) => {
    const asWebSocket = {
      send: (message: unknown) => port.postMessage(message),
      addEventListener: (type: string, listener: unknown) => {
        if (typeof listener !== 'function') return
        const tell = (...event: { data: unknown }[]) => {
          Reflect.apply(listener, null, event)
        }
        if (type === 'close') port.on('close', () => tell())
        else if (type === 'message') {
          port.on('message', ({ data }) => {
            if (isMessage(data)) tell({ data })
            else console.error('A page sent something that is no message; it was dropped.')
          })
        }
      },
    }
    void handler.upgrade(asWebSocket, { context: {} })
  }
}

/** Text or bytes, as oRPC's peers speak; `ws` and oRPC fail at anything else. */
export function isMessage(data: unknown): data is string | ArrayBuffer | ArrayBufferView {
  if (typeof data === 'string') return data.length <= MAX_MESSAGE_BYTES
  const isBinary = data instanceof ArrayBuffer || ArrayBuffer.isView(data)
  return isBinary && data.byteLength <= MAX_MESSAGE_BYTES
}
