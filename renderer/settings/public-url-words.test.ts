import { expect, test } from 'vitest'
import { readProxies, readPublicUrl, readSshTunnel, writeSshTunnel } from './public-url-words.ts'

test('a public URL has scheme and host, and neither query nor credentials', () => {
  expect(readPublicUrl(' https://hooks.example.com/ ')).toEqual({
    url: 'https://hooks.example.com',
  })
  expect(readPublicUrl('https://example.com/hooks')).toEqual({ url: 'https://example.com/hooks' })
  expect(readPublicUrl('')).toEqual({ url: null })
  for (const wrong of [
    'hooks.example.com',
    'ftp://a.example',
    'https://a?b',
    'https://u:p@a',
    'https://',
  ]) {
    expect(readPublicUrl(wrong)).toMatch(/begins with https/)
  }
})

test('a server for ssh is no option of ssh', () => {
  const own = { destination: 'me@server.example.com', remotePort: 8080 }
  expect(readSshTunnel('me@server.example.com:8080')).toEqual({ ssh: own })
  expect(writeSshTunnel(own)).toBe('me@server.example.com:8080')
  expect(readSshTunnel('serveo.net')).toEqual({
    ssh: { destination: 'serveo.net', remotePort: 80 },
  })
  expect(readSshTunnel('')).toEqual({ ssh: null })
  expect(readSshTunnel('a:70000')).toMatch(/from 1 to 65535/)
  for (const wrong of ['-oProxyCommand=x', 'me@-oProxyCommand=x', 'a b', 'a;b', '$(a)']) {
    expect(readSshTunnel(wrong)).toMatch(/as ssh takes it/)
  }
})

test('proxies are addresses and blocks', () => {
  expect(readProxies('10.0.0.7, fd00::/8 ::1')).toEqual({
    proxies: ['10.0.0.7', 'fd00::/8', '::1'],
  })
  expect(readProxies('')).toEqual({ proxies: [] })
  for (const wrong of ['proxy.example', '10.0.0.0/33', '300.1.1.1']) {
    expect(readProxies(wrong)).toContain(wrong)
  }
})
