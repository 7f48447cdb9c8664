import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { onTestFinished } from 'vitest'
import type { Credentials } from '#engine/listener/credentials.ts'
import type { ListenerOptions } from '#engine/listener/listen.ts'
import { makeAuthority, type MadeAuthority, signServer } from '#engine/local-ca/authority.ts'
import { type Answering, type Rig, startRig } from './listener-rig.ts'

export const authority: MadeAuthority = makeAuthority('test', [], Date.now())

export function localCredentials(): Credentials {
  const { certificate, key } = signServer(authority, ['localhost', '127.0.0.1'], Date.now())
  return { cert: Buffer.from(certificate), key: Buffer.from(key) }
}

/** A listener that speaks TLS with a certificate by `authority`. */
export function startTlsRig(
  options: Partial<ListenerOptions> = {},
  answering?: Answering,
): Promise<Rig> {
  return startRig({ tls: localCredentials(), ...options }, answering)
}

export function http2Session(rig: Pick<Rig, 'listener'>, options: object = {}): ClientHttp2Session {
  const url = `https://127.0.0.1:${rig.listener.port}`
  const session = connect(url, { ca: authority.certificate, ...options })
  // What a listener cuts off is told to the streams.
  session.on('error', () => undefined)
  onTestFinished(() => session.destroy())
  return session
}

export interface Http2Answer {
  status: number
  headers: Record<string, unknown>
  body: string
}

/** Reads what a stream is answered; rejects when it is reset instead. */
export async function answered(stream: ClientHttp2Stream): Promise<Http2Answer> {
  const parts: Buffer[] = []
  let headers: Record<string, unknown> = {}
  stream.on('response', (given) => (headers = given))
  stream.on('data', (part: Buffer) => parts.push(part))
  await once(stream, 'close')
  if (stream.rstCode !== 0 && headers[':status'] === undefined) {
    throw new Error(`It was reset (${stream.rstCode}).`)
  }
  return { status: Number(headers[':status']), headers, body: Buffer.concat(parts).toString() }
}

const features = spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout ?? ''
export const hasCurl = features.includes('HTTP2')

/** Runs a program to its end without blocking this one. */
export async function run(
  program: string,
  args: readonly string[],
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (part) => (out += String(part)))
  child.stderr.on('data', (part) => (err += String(part)))
  const [code] = await once(child, 'close')
  return { code, out, err }
}

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')

/** An HTTP/2 frame (RFC 9113 §4.1). */
export function frame(
  type: number,
  flags: number,
  stream: number,
  payload = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

/** A connection that agreed on HTTP/2 and on which any bytes can be written. */
export function rawHttp2(rig: Rig): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      ...{ port: rig.listener.port, host: '127.0.0.1', ALPNProtocols: ['h2'] },
      ca: authority.certificate,
    })
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => reject(new Error('The connection broke.')))
    socket.once('secureConnect', () => {
      socket.resume()
      socket.write(Buffer.concat([PREFACE, frame(4, 0, 0)]))
      resolve(socket)
    })
  })
}
