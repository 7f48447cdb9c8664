import { once } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { ORPCError } from '@orpc/client'
import { WebSocket } from 'ws'
import type { CallShape } from '#contract/input-shapes.fixture.ts'
import { type ApiLink, messagePortLink, webSocketLink } from '#contract/client.ts'
import { portServer } from '#electron/page-ports.ts'
import type { Engine } from '#engine/engine.ts'
import { connectControlSocket } from '#engine/rpc/control-client.ts'
import { startServer } from '#server/server.ts'

/** One way to the engine: resolves with the HTTP status that the call ended with, 200 for an answer. */
export interface Door {
  name: string
  call(shape: CallShape, input: unknown): Promise<{ status: number; message: string }>
  /** Sends what is no message of ours. */
  garbage: ((bytes: string | Uint8Array) => void) | null
}

export interface Doors {
  all: Door[]
  close(): Promise<void>
}

/** Every door that the engine has, each opened as its own client opens it. */
export async function openDoors(engine: Engine, rendererDir: string): Promise<Doors> {
  const server = await startServer({ router: engine.router, version: '0', port: 0, rendererDir })
  const authorization = `Bearer ${server.apiToken}`
  const ws = new WebSocket(`${server.url.replace('http', 'ws')}/rpc`, {
    headers: { authorization },
  })
  await once(ws, 'open')
  const control = await connectControlSocket(engine.dataDir)
  if (!control) throw new Error('The control socket is not there.')
  const { port1, port2 } = new MessageChannel()
  portServer(engine.router)(asPagePort(port1))
  return {
    all: [
      linkDoor('WebSocket', webSocketLink(ws), (bytes) => ws.send(bytes)),
      linkDoor('control socket', control.link, null),
      linkDoor('MessagePort', messagePortLink(port2), (bytes) => port2.postMessage(bytes)),
      restDoor(server.url, authorization),
    ],
    async close() {
      ws.terminate()
      control.close()
      port2.close()
      await server.close()
    },
  }
}

/** Electron's ports wrap what they carry in an event. */
function asPagePort(port: MessagePort): Parameters<ReturnType<typeof portServer>>[0] {
  return {
    on(event: string, listener: (message: { data: unknown }) => void) {
      port.on(event, (data: unknown) => listener({ data }))
    },
    postMessage: (message) => port.postMessage(message),
  }
}

function linkDoor(name: string, link: ApiLink, garbage: Door['garbage']): Door {
  return {
    name,
    garbage,
    async call({ path }, input) {
      try {
        await link.call([...path], input, { context: {}, signal: AbortSignal.timeout(30_000) })
        return { status: 200, message: '' }
      } catch (error) {
        if (error instanceof ORPCError) return { status: error.status, message: error.message }
        // Its own client cannot write this input: nothing was sent.
        if (error instanceof RangeError || error instanceof TypeError) {
          return { status: 0, message: error.message }
        }
        throw new Error(`${name}, ${path.join('.')}: ${String(error)}`, { cause: error })
      }
    },
  }
}

function restDoor(url: string, authorization: string): Door {
  return {
    name: 'REST',
    garbage: null,
    async call({ route }, input) {
      const given = new Map(
        Object.entries(typeof input === 'object' && input !== null ? input : {}),
      )
      const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = asText(given.get(name))
        given.delete(name)
        return encodeURIComponent(value === '' ? '-' : value.slice(0, 2000)).replace(/^\.+$/, '-')
      })
      const fetched = await request(`${url}/api${path}`, route.method, authorization, given, input)
      return { status: fetched.status, message: (await fetched.text()).slice(0, 300) }
    },
  }
}

function request(
  address: string,
  method: string,
  authorization: string,
  given: ReadonlyMap<string, unknown>,
  input: unknown,
): Promise<Response> {
  const signal = AbortSignal.timeout(30_000)
  if (method === 'GET') {
    const query = new URLSearchParams([...given].map(([name, value]) => [name, asText(value)]))
    const headers = { authorization }
    return fetch(`${address}?${query.toString().slice(0, 12_000)}`, { headers, signal })
  }
  const headers = { authorization, 'content-type': 'application/json' }
  const body = asJson(given.size > 0 ? Object.fromEntries(given) : input)
  return fetch(address, { method, headers, signal, ...(body !== undefined && { body }) })
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\ufffd')
  return asJson(value) ?? 'undefined'
}

/** `undefined`: this cannot be written as JSON. */
function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}
