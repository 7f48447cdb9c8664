import { describe, expect, it } from 'vitest'
import { isLoopback, reachOf, readPort } from './listener-words.ts'

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.8.9.10', 'localhost', ' LOCALHOST ', '::1'])('%s', (host) => {
    expect(isLoopback(host)).toBe(true)
  })
  it.each(['0.0.0.0', '::', '192.168.1.4', '127.0.0.1.example.com', 'example.com', ''])(
    'not %s',
    (host) => {
      expect(isLoopback(host)).toBe(false)
    },
  )
})

it('says who can reach an address', () => {
  expect(reachOf('127.0.0.1')).toMatch(/^Only programs on this machine/)
  expect(reachOf('0.0.0.0')).toMatch(/^Every network/)
  expect(reachOf('192.168.1.4')).toMatch(/reaches 192\.168\.1\.4/)
})

describe('readPort', () => {
  it.each([
    ['4100', 4100],
    ['0', 0],
    [' 65535 ', 65_535],
  ])('%s', (text, port) => expect(readPort(text)).toBe(port))
  it.each(['', '65536', '-1', '80.5', '1e3', 'http'])('refuses “%s” in words', (text) => {
    expect(readPort(text)).toMatch(/number from 1 to 65535/)
  })
})
