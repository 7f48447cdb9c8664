import { connect, type Socket } from 'node:net'

/**
 * Floods a listener from a process of its own, so that what is measured there is the listener's.
 * `node test/fuzz/flood-sender.ts PORT`; takes the names of attacks over IPC and says when each one
 * is on (`on`) and when it has ended (`off`).
 */
const port = Number(process.argv[2])
const CONNECTIONS = 1000
const open = new Set<Socket>()
let going = 0

function dial(first: (socket: Socket) => void): void {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
  open.add(socket)
  socket.on('error', () => undefined)
  socket.on('data', () => undefined)
  socket.on('end', () => socket.end())
  socket.on('close', () => open.delete(socket))
  socket.on('connect', () => first(socket))
}

const many = (first: (socket: Socket) => void) => {
  for (let n = 0; n < CONNECTIONS; n += 1) dial(first)
}

/** Keeps calling until the attack ends, a few at a time. */
function keep(step: () => void, everyMs: number): void {
  const run = going
  const timer = setInterval(() => {
    if (run === going) step()
    else clearInterval(timer)
  }, everyMs)
}

function drip(socket: Socket, bytes: string, everyMs: number): void {
  keep(() => {
    if (socket.writable) socket.write(bytes)
  }, everyMs)
}

/** Nine bytes each: many objects for a few bytes. */
const MANY_HEADERS = Array.from(
  { length: 6500 },
  (_, n) => `${n.toString(36).padStart(3, '0')}:abc\r\n`,
)
const HEAD = 'POST /flood HTTP/1.1\r\nHost: a\r\n'
const GET = 'GET /f HTTP/1.1\r\nHost: a\r\n\r\n'
/** Refused for want of a host, and recorded; 3,600 of them fit into one packet. */
const TINY = 'GET / HTTP/1.1\r\n\r\n'

const attacks: Readonly<Record<string, () => void>> = {
  'silent connections': () => many(() => undefined),
  'heads that drip': () =>
    many((socket) => {
      socket.write(`${HEAD}X-Filler: ${'x'.repeat(8000)}`)
      drip(socket, 'x', 100)
    }),
  'bodies that drip': () =>
    many((socket) => {
      socket.write(`${HEAD}Content-Length: 1000000\r\n\r\n`)
      drip(socket, 'x', 100)
    }),
  'bodies that stop before their end': () =>
    many((socket) => {
      socket.write(`${HEAD}Content-Length: 400000\r\n\r\n${'x'.repeat(399_000)}`)
    }),
  'bodies in chunks of one byte': () => {
    for (let n = 0; n < 40; n += 1) {
      dial((socket) => {
        socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(100_000)}`)
      })
    }
  },
  'pipelined requests': () => {
    for (let n = 0; n < 20; n += 1) {
      dial((socket) => keep(() => socket.writableLength < 1e5 && socket.write(GET.repeat(40)), 10))
    }
  },
  'pipelined requests over a thousand connections': () =>
    many((socket) => socket.write(TINY.repeat(3600))),
  'heads of many headers, never whole': () =>
    many((socket) => socket.write(`${HEAD}${MANY_HEADERS.join('')}`)),
  resets: () =>
    keep(() => {
      for (let n = 0; n < 20; n += 1) {
        dial((socket) => socket.write(HEAD, () => socket.resetAndDestroy()))
      }
    }, 10),
  'connections that come and go': () =>
    keep(() => {
      for (let n = 0; n < 20; n += 1) dial((socket) => socket.destroy())
    }, 10),
  'half-closed connections': () => many((socket) => socket.end(HEAD)),
  'lines of 1 MiB': () => {
    for (let n = 0; n < 40; n += 1)
      dial((socket) => socket.write(`${HEAD}X: ${'y'.repeat(1 << 20)}`))
  },
  'ten thousand headers': () => {
    for (let n = 0; n < 100; n += 1) {
      dial((socket) => socket.write(`${HEAD}${'X: 1\r\n'.repeat(10_000)}\r\n`))
    }
  },
  'connections beyond the limit': () => {
    for (let times = 0; times < 3; times += 1) many((socket) => socket.write(HEAD))
  },
}

process.on('message', (name: string) => {
  going += 1
  for (const socket of open) socket.resetAndDestroy()
  if (name === 'off') {
    setTimeout(() => process.send?.('off'), 50)
    return
  }
  attacks[name]?.()
  setTimeout(() => process.send?.('on'), 100)
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
