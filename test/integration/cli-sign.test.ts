import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Stripe } from 'stripe'
import { validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { jsonLines, runCli } from './cli-process.ts'

const Signed = z.object({ headers: z.array(z.tuple([z.string(), z.string()])), url: z.string() })

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-sign-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, text: string) => {
  const full = path.join(folder, name)
  writeFileSync(full, text)
  return full
}
const env = { S: 'whsec_test', T: 'twilio token', Q: 'square key' }
const run = (args: readonly string[]) => runCli(args, { env })

describe('sign', () => {
  it('prints headers that the provider’s SDK takes', async () => {
    const payload = '{"id":"evt_1"}\n'
    const body = file('stripe.json', payload)
    const made = await run([
      ...['sign', '--scheme', 'stripe', '--secret-env', 'S'],
      ...['--body-file', body, '--timestamp', '1700000000'],
    ])
    expect([made.stderr, made.code]).toEqual(['', 0])
    const [name, header] = String(made.stdout).trim().split(': ')
    expect(name).toBe('Stripe-Signature')
    const webhooks = new Stripe('sk_test_unused').webhooks
    const at = 1_700_000_010_000
    const read = () =>
      webhooks.constructEvent(payload, header ?? '', 'whsec_test', 300, undefined, at)
    expect(read()).toMatchObject({ id: 'evt_1' })
  }, 30_000)

  it('says that the URL changes, and gives all of it as JSON', async () => {
    const args = [
      ...['sign', '--scheme', 'twilio-json', '--secret-env', 'T', '--body-file'],
      ...[file('twilio.json', '{"a":1}'), '--url', 'https://hooks.example.test/in?x=1'],
    ]
    const made = await run(args)
    expect(made.stderr).toContain('The URL changes as well')
    const [json] = jsonLines((await run([...args, '--json'])).stdout)
    expect(json).toMatchObject({ urlChanged: true, bodyChanged: false })
    expect(String(json?.url)).toMatch(
      /^https:\/\/hooks\.example\.test\/in\?x=1&bodySHA256=[0-9a-f]{64}$/,
    )
    const { headers, url } = Signed.parse(json)
    const [, signature = ''] = headers.find(([name]) => name === 'X-Twilio-Signature') ?? []
    expect(validateRequestWithBody('twilio token', signature, url, '{"a":1}')).toBe(true)
    expect(validateRequestWithBody('twilio token', signature, url, '{"a":2}')).toBe(false)
  }, 30_000)

  it('wants the settings that the scheme needs, and knows their names', async () => {
    const body = file('square.json', '{}')
    const args = ['sign', '--scheme', 'square', '--secret-env', 'Q', '--body-file', body]
    const missing = await run(args)
    expect([missing.code, missing.stderr]).toEqual([
      2,
      expect.stringContaining('--setting notificationUrl=VALUE'),
    ])
    const unknown = await run([...args, '--setting', 'url=https://a.test'])
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringContaining('There are: notificationUrl.'),
    ])
    const made = await run([...args, '--setting', 'notificationUrl=https://a.test/in'])
    expect([made.code, String(made.stdout)]).toEqual([
      0,
      expect.stringContaining('x-square-hmacsha256-signature: '),
    ])
    const message = `POST /in HTTP/1.1\r\nHost: a\r\n${String(made.stdout).trim()}\r\nContent-Length: 2\r\n\r\n{}`
    const verify = ['verify', file('square.http', message), ...args.slice(1, 5)]
    const right = await run([...verify, '--setting', 'notificationUrl=https://a.test/in'])
    expect([right.stderr, right.code]).toEqual(['', 0])
    const wrong = await run([...verify, '--setting', 'notificationUrl=https://b.test/in'])
    expect(wrong.code).toBe(1)
  }, 60_000)

  it('refuses what cannot be signed with', async () => {
    const body = file('empty', '')
    const none = await run(['sign', '--scheme', 'github', '--body-file', body])
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('Give one secret')])
    const base = ['sign', '--scheme', 'github', '--secret-env', 'S', '--body-file']
    expect((await run([...base, `${body}x`])).code).toBe(2)
    expect((await run([...base, body, '--timestamp', '-1'])).code).toBe(2)
    expect((await run([...base, body, '--header', 'nothing'])).code).toBe(2)
  }, 60_000)
})
