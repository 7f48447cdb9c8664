import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { isStranger } from './peer-user.ts'

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1054 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1 0000 100 0 0 10 0
   1: 0100007F:C001 0100007F:1054 01 00000000:00000000 00:00000000 00000000  1001        0 2 1 0000 20 4 30 10 -1
   2: 0100007F:C002 0100007F:1054 01 00000000:00000000 00:00000000 00000000  1000        0 3 1 0000 20 4 30 10 -1
   3: 0100007F:C003 0100007F:1054 01 00000000:00000000 00:00000000 00000000     0        0 4 1 0000 20 4 30 10 -1
   4: 0100007F:1054 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 5 1 0000 20 4 30 10 -1
`
const from = (remotePort: number) => ({
  remoteAddress: '127.0.0.1',
  remotePort,
  localPort: 0x1054,
})
const tables = (file: string) => (file === '/proc/net/tcp' ? TABLE : null)

describe('whose process is at the other end', () => {
  it('tells another user from oneself and from root', () => {
    expect(isStranger(from(0xc001), 1000, tables)).toBe(true)
    expect(isStranger(from(0xc002), 1000, tables)).toBe(false)
    expect(isStranger(from(0xc003), 1000, tables)).toBe(false)
  })

  it('finds nobody strange where the system does not say', () => {
    expect(isStranger(from(0xc001), null, tables)).toBe(false)
    expect(isStranger(from(0xc001), 1000, () => null)).toBe(false)
    expect(isStranger(from(0xdddd), 1000, tables)).toBe(false)
    expect(isStranger({}, 1000, tables)).toBe(false)
  })

  it('knows a real connection of this process as its own', async () => {
    const seen: boolean[] = []
    const server = createServer().on('connection', (socket) => {
      seen.push(isStranger(socket), isStranger(socket, 987_654))
      socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await new Promise<void>((resolve) => connect(port, '127.0.0.1').once('close', () => resolve()))
    server.close()
    // For root nobody but another user is a stranger; elsewhere than on Linux nobody tells.
    const told = process.platform === 'linux' && process.getuid?.() !== 0
    expect(seen).toEqual([false, told])
  })

  it.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
    'knows a real process of another user (as root only)',
    async () => {
      const seen: boolean[] = []
      const server = createServer().on('connection', (socket) => {
        seen.push(isStranger(socket))
        socket.destroy()
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      const nobody = 65_534
      const script = `exec 3<>/dev/tcp/127.0.0.1/${port}; cat <&3`
      const child = spawn('bash', ['-c', script], { uid: nobody, stdio: 'ignore' })
      await new Promise((resolve) => child.once('exit', resolve))
      server.close()
      expect(seen).toEqual([true])
    },
  )
})
