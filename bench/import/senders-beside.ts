import http from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

const PAUSE_MS = 20

/** Sends one webhook after the other, with a pause after each, until it is stopped. */
export function sendersBeside(url: string): { stop(): Promise<number[]> } {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const waits: number[] = []
  let over = false
  const sending = (async () => {
    while (!over) {
      const at = performance.now()
      await post(url, agent)
      waits.push(performance.now() - at)
      await wait(PAUSE_MS)
    }
  })()
  return {
    async stop() {
      over = true
      await sending
      agent.destroy()
      return waits
    },
  }
}

export function post(url: string, agent?: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', ...(agent && { agent }) }, (answer) => {
      answer.resume()
      answer.on('end', resolve)
    })
    request.on('error', reject)
    request.end('{"event":"bench"}')
  })
}
