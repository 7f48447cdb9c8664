import { openSync, readSync } from 'node:fs'
import { connect, type Socket } from 'node:net'

/**
 * Sends signed requests at a rate, whatever the answers do: `paced-senders.ts URL RATE SECONDS FILE
 * RECORD_BYTES`. Each time counts from the moment at which the request was due, so that a sender
 * that was held up does not flatter the answers (coordinated omission). Prints one line of JSON.
 */
const [url = '', rateText, secondsText, file = '', lengthText] = process.argv.slice(2)
const [rate, seconds, length] = [Number(rateText), Number(secondsText), Number(lengthText)]
const CONNECTIONS = 64
const { hostname, port } = new URL(url)
const requests = openSync(file, 'r')
const total = rate * seconds
const times: number[] = []
const idle: Sender[] = []
const due: number[] = []
let refused = 0

interface Sender {
  socket: Socket
  dueAt: number
}

function nextRequest(): Buffer {
  const record = Buffer.alloc(length)
  if (readSync(requests, record, 0, length, null) === length) return record
  throw new Error('There are fewer requests in the file than are to be sent.')
}

function opened(): Promise<Sender> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    const sender: Sender = { socket, dueAt: 0 }
    socket.once('error', reject)
    socket.once('connect', () => resolve(sender))
    // The answers are short and have no body: each ends with an empty line.
    socket.on('data', (data) => {
      if (!data.includes('\r\n\r\n')) return
      if (!data.subarray(0, 12).toString('latin1').startsWith('HTTP/1.1 2')) refused += 1
      times.push(performance.now() - sender.dueAt)
      const next = due.shift()
      if (next === undefined) idle.push(sender)
      else send(sender, next)
    })
  })
}

function send(sender: Sender, dueAt: number): void {
  sender.dueAt = dueAt
  sender.socket.write(nextRequest())
}

for (let count = 0; count < CONNECTIONS; count++) idle.push(await opened())
const began = performance.now()
let begun = 0
await new Promise<void>((resolve) => {
  const timer = setInterval(() => {
    const now = performance.now()
    while (begun < total && began + (begun * 1000) / rate <= now) {
      const dueAt = began + (begun * 1000) / rate
      begun += 1
      const sender = idle.pop()
      if (sender) send(sender, dueAt)
      else due.push(dueAt)
    }
    if (times.length >= total) {
      clearInterval(timer)
      resolve()
    }
  }, 1)
})
times.sort((a, b) => a - b)
const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]
console.log(
  JSON.stringify({
    ...{ p50: at(0.5), p99: at(0.99), most: at(1), refused, answered: times.length },
    seconds: (performance.now() - began) / 1000,
  }),
)
process.exit(0)
