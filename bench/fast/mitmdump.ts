import { execFileSync, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** mitmdump answers by itself, so that nothing but its own recording is measured. */
const ADDON = `from mitmproxy import http

def request(flow: http.HTTPFlow) -> None:
    flow.response = http.Response.make(200)
`

export function hasMitmdump(): boolean {
  try {
    execFileSync('mitmdump', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** mitmdump on the given cores, writing a flow file into `folder`. */
export async function startMitmdump(folder: string, cores: string) {
  const addon = join(folder, 'answer.py')
  writeFileSync(addon, ADDON)
  const port = await freePort()
  const child = spawn(
    'taskset',
    [
      ...['-c', cores, 'mitmdump', '-q', '-s', addon, '-w', join(folder, 'flows')],
      ...['--mode', 'reverse:http://127.0.0.1:9', '--listen-host', '127.0.0.1'],
      ...['--listen-port', String(port), '--set', `confdir=${join(folder, 'mitmproxy')}`],
      // Else it opens a connection to where nobody is before it asks the addon.
      ...['--set', 'connection_strategy=lazy'],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  while (!(await answers(port))) await wait(50)
  return { child, url: `http://127.0.0.1:${port}` }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        resolve(typeof address === 'object' && address !== null ? address.port : 0),
      )
    })
  })
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
