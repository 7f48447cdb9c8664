import { connect, type Socket } from 'node:net'
import type { RawHeader } from '#contract/http.ts'

/** A request as it goes onto the socket, header by header. */
export interface RawRequest {
  method: string
  target: string
  rawHeaders: readonly RawHeader[]
  body: Uint8Array
}

export interface RawAnswer {
  status: number
  body: Buffer
  /** Of our end of the connection, and how many answers it had before this one. */
  localPort: number
  ordinal: number
}

/** One connection that is kept: a request at a time, exactly the bytes given. */
export interface RawSender {
  /** `null`: the connection ended before a whole answer came. */
  send(request: RawRequest): Promise<RawAnswer | null>
  close(): void
}

interface Waiting {
  parts: Buffer[]
  resolve: (answer: RawAnswer | null) => void
}

export function openSender(url: string): RawSender {
  const { hostname, port } = new URL(url)
  let socket: Socket | null = null
  let ordinal = 0
  let waiting: Waiting | null = null

  const settle = (answer: RawAnswer | null) => {
    const open = waiting
    waiting = null
    open?.resolve(answer)
  }
  const lost = (which: Socket) => {
    if (socket !== which) return
    socket = null
    which.destroy()
    settle(null)
  }
  const opened = (): Socket => {
    const made = connect(Number(port), hostname)
    made.setNoDelay(true)
    ordinal = 0
    made.on('error', () => lost(made))
    made.on('close', () => lost(made))
    made.on('data', (part: Buffer) => {
      if (waiting === null || socket !== made) return
      waiting.parts.push(part)
      const whole = answerOf(Buffer.concat(waiting.parts))
      if (whole === null) return
      const answer = { ...whole, localPort: made.localPort ?? 0, ordinal }
      ordinal += 1
      settle(answer)
      if (whole.ends) lost(made)
    })
    return made
  }

  return {
    send(request) {
      socket ??= opened()
      const { method, target, rawHeaders, body } = request
      const lines = rawHeaders.map(([name, value]) => `${name}: ${value}\r\n`).join('')
      const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`, 'latin1')
      const to = socket
      return new Promise((resolve) => {
        waiting = { parts: [], resolve }
        to.write(head)
        if (body.byteLength > 0) to.write(body)
      })
    },
    close() {
      if (socket) lost(socket)
    },
  }
}

/** The answer once it is whole; `null` before. Our listener gives every answer a length. */
function answerOf(bytes: Buffer): { status: number; body: Buffer; ends: boolean } | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return null
  const head = bytes.toString('latin1', 0, end)
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1])
  // An interim answer is none.
  if (status >= 100 && status < 200) return answerOf(bytes.subarray(end + 4))
  const length = Number(/^content-length:\s*(\d+)/im.exec(head)?.[1] ?? 0)
  const body = bytes.subarray(end + 4)
  if (body.byteLength < length) return null
  return { status, body: body.subarray(0, length), ends: /^connection:\s*close/im.test(head) }
}
