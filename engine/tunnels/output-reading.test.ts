import { describe, expect, test } from 'vitest'
import type { TunnelId } from '#contract/tunnel.ts'
import { createLineReader } from './line-reader.ts'
import { readOutput } from './output-reading.ts'
import { programs } from './program-data.ts'

function reading(id: TunnelId, lines: string[], knownUrl: string | null = null) {
  const program = programs.find((each) => each.id === id)
  if (!program) throw new Error(`There is no program ${id}.`)
  const output = readOutput(program, knownUrl)
  for (const line of lines) output.add(line)
  return output
}

describe('cloudflared', () => {
  const box = [
    '2026-09-13T09:14:02Z INF Thank you for trying Cloudflare Tunnel. Doing so, without a Cloudflare account, … https://developers.cloudflare.com/cloudflare-one/',
    '2026-09-13T09:14:02Z INF Requesting new quick Tunnel on trycloudflare.com...',
    '2026-09-13T09:14:05Z INF |  Your quick Tunnel has been created! Visit it at (it may take some time to be reachable):  |',
    '2026-09-13T09:14:05Z INF |  https://buffalo-marco-cardiff-motel.trycloudflare.com                                     |',
  ]

  test('tells its URL in a box and that it is connected later', () => {
    const before = reading('cloudflared', box)
    expect(before.url).toBe('https://buffalo-marco-cardiff-motel.trycloudflare.com')
    expect(before.isConnected).toBe(false)
    before.add('2026-09-13T09:14:06Z INF Registered tunnel connection connIndex=0 protocol=quic')
    expect(before.isConnected).toBe(true)
  })

  test('names its own service in errors, which is no URL of ours', () => {
    const output = reading('cloudflared', [
      'failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": dial tcp: lookup api.trycloudflare.com on 127.0.0.11:53: no such host',
    ])
    expect(output.url).toBeNull()
    expect(output.failure?.remedy).toContain('network')
    expect(reading('cloudflared', ['429 Too Many Requests']).failure?.remedy).toContain('Wait')
  })
})

test('ngrok tells its URL in a line of its log, and not by an error that has one', () => {
  const line =
    't=2026-09-07T00:05:31+0000 lvl=info msg="started tunnel" obj=tunnels name=command_line addr=http://127.0.0.1:4100 url=https://8e00-35-197.ngrok-free.app'
  expect(reading('ngrok', [line]).url).toBe('https://8e00-35-197.ngrok-free.app')
  const error = line.replace('info', 'eror').replace('started', 'failed to start')
  expect(reading('ngrok', [error]).url).toBeNull()
  const refused = reading('ngrok', ['ERROR:  ERR_NGROK_4018'])
  expect(refused.failure).toMatchObject({ final: true })
})

test('tailscale’s URL counts only where it is on the internet', () => {
  const lines = ['', 'https://box.tail1234.ts.net/', '|-- proxy http://127.0.0.1:4100']
  const funnel = reading('tailscale', ['Available on the internet:', ...lines])
  expect(funnel.url).toBe('https://box.tail1234.ts.net')
  expect(funnel.isConnected).toBe(true)
  expect(reading('tailscale', ['Available within your tailnet:', ...lines]).url).toBeNull()
  const other = reading('tailscale', ['Available on the internet:', 'https://a.ts.net:8443/'])
  expect(other.url).toBe('https://a.ts.net:8443')
})

test('ssh tells the URL of localhost.run, and of a server of one’s own that it is there', () => {
  const line =
    '9b82a2f075fcd6.lhr.life tunneled with tls termination, https://9b82a2f075fcd6.lhr.life'
  expect(reading('ssh', ['** your connection id is 1-2-3 **', line]).url).toBe(
    'https://9b82a2f075fcd6.lhr.life',
  )
  const known = 'https://hooks.example'
  expect(reading('ssh', [line], known).url).toBeNull()
  const own = reading('ssh', ['debug1: remote forward success for: listen 8080'], known)
  expect(own.url).toBe(known)
  expect(own.lastWords()).toEqual([])
})

test('a URL with anything but a host is no URL', () => {
  for (const url of ['https://a.lhr.life/x?y', 'https://a@b.example', 'https://<a>']) {
    expect(reading('ssh', [`tunneled with tls termination, ${url}`]).url).toBeNull()
  }
})

test('last words are few, short, and without what looks like a credential', () => {
  const output = reading('ngrok', [
    ...Array.from({ length: 40 }, (_, n) => `ERROR: line ${n} ${'x'.repeat(600)}`),
    'ERROR: Your authtoken: 2abcDEF123456789',
    'ERROR: --authtoken=2abcDEF123456789',
  ])
  const words = output.lastWords()
  expect(words).toHaveLength(12)
  expect(words.every(({ length }) => length <= 400)).toBe(true)
  expect(words.join('\n')).not.toContain('2abcDEF123456789')
})

test('bytes become lines whatever the pieces, without controls of terminals, and none is endless', () => {
  const lines: string[] = []
  const reader = createLineReader((line) => lines.push(line))
  const bytes = Buffer.from('\u001b[31mrot – grün\u001b[0m\r\nzwei\u0007\u0000\nletzte')
  for (const byte of bytes) reader.add(Uint8Array.of(byte))
  reader.end()
  expect(lines).toEqual(['rot – grün', 'zwei', 'letzte'])
  lines.length = 0
  for (let n = 0; n < 100; n += 1) reader.add(Buffer.alloc(10_000, 0x61))
  reader.end()
  expect(lines).toHaveLength(1)
  expect(lines[0]?.length).toBeLessThanOrEqual(4096)
})
