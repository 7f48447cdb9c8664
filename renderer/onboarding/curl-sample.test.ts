import { describe, expect, it } from 'vitest'
import { curlSample, usualTerminal } from './curl-sample.ts'

describe('curlSample', () => {
  it('is quoted for where it is pasted', () => {
    const url = 'http://127.0.0.1:4100/'
    expect(curlSample(url, 'sh')).toBe(
      `curl -X POST http://127.0.0.1:4100/ \\\n  -H 'Content-Type: application/json' \\\n  -d '{"type":"hello.world"}'`,
    )
    expect(curlSample(url, 'cmd')).toBe(
      String.raw`curl -X POST http://127.0.0.1:4100/ -H "Content-Type: application/json" -d "{\"type\":\"hello.world\"}"`,
    )
    expect(curlSample(url, 'powershell')).toBe(
      `Invoke-RestMethod -Method Post -Uri 'http://127.0.0.1:4100/' -ContentType application/json -Body '{"type":"hello.world"}'`,
    )
  })

  it('quotes what a terminal would read as its own', () => {
    expect(curlSample('http://[::1]:4100/', 'sh')).toContain(`POST 'http://[::1]:4100/' `)
    expect(curlSample("http://h/a'b&c", 'sh')).toContain(String.raw`POST 'http://h/a'\''b&c' `)
    expect(curlSample('http://h/a&b', 'cmd')).toContain('POST "http://h/a&b" ')
    expect(curlSample("http://h/a'b", 'powershell')).toContain(`-Uri 'http://h/a''b' `)
  })

  it('accepts a certificate of one’s own over HTTPS alone', () => {
    expect(curlSample('https://127.0.0.1:4100/', 'sh')).toMatch(/^curl -k -X POST https:/)
    expect(curlSample('https://127.0.0.1:4100/', 'cmd')).toMatch(/^curl -k /)
    expect(curlSample('https://h/', 'powershell')).toContain('-SkipCertificateCheck')
  })
})

it('knows where one is', () => {
  expect(usualTerminal('Mozilla/5.0 (Windows NT 10.0; Win64; x64)')).toBe('powershell')
  expect(usualTerminal('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)')).toBe('sh')
})
