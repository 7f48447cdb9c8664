import { describe, expect, test } from 'vitest'
import { schemeOf } from './made-request.ts'
import { prepareSecret, secretWarning } from './secret.ts'

function keyHex(id: string, text: string): string {
  const made = prepareSecret(schemeOf(id), { id: 1, name: 'key', text })
  if ('problem' in made) return made.problem
  return made.prepared.map(({ key }) => key.export().toString('hex')).join(' ')
}

describe('prepareSecret', () => {
  test('base64 after whsec_, with or without it and its padding', () => {
    for (const text of ['whsec_AQID/w==', 'whsec_AQID/w', 'AQID/w==']) {
      expect(keyHex('svix', text)).toBe('010203ff')
    }
  })

  test('Stripe’s whsec_ is text', () => {
    expect(keyHex('stripe', 'whsec_AQID')).toBe(Buffer.from('whsec_AQID').toString('hex'))
    expect(keyHex('github', 'ü\n')).toBe('c3bc0a')
  })

  test.each([
    ['svix', '', 'The secret is empty.'],
    ['github', '', 'The secret is empty.'],
    ['svix', 'whsec_', 'There is nothing after whsec_.'],
    ['svix', 'whsec_AQID-_', 'The secret is not base64 after whsec_.'],
    ['svix', 'whsec_AQIDA', 'The secret is not base64 after whsec_.'],
    ['standard-webhooks', 'AQID\n', 'The secret is not base64 as a whole.'],
  ])('%s: %j is a problem', (id, text, problem) => {
    expect(keyHex(id, text)).toBe(problem)
  })
})

describe('secretWarning', () => {
  test.each([
    ['stripe', 'whsec_abc'],
    ['svix', 'whsec_AQID'],
    ['svix', 'AQID'],
    ['github', 'any words at all'],
    ['notifykit', 'nk_whsec_abc'],
    ['stripe', ''],
  ])('%s takes %j as it is', (id, text) => {
    expect(secretWarning(schemeOf(id), text)).toBeNull()
  })

  test.each([
    ['stripe', 'sk_live_abc', 'a Stripe API key'],
    ['svix', 'sk_live_abc', 'a Stripe API key'],
    ['stripe', 'abc', 'begin with whsec_'],
    ['stripe', 'whsec_abc\n', 'ends with a line break'],
    ['svix', ' whsec_AQID', 'blanks around'],
    ['github', '"secret"', 'quotes around'],
    ['novu', 'export NOVU_SECRET_KEY=abc', 'begins with export NOVU_SECRET_KEY='],
    ['novu', 'whsec_abc', 'do not begin with whsec_'],
    ['github', '   ', 'only blanks'],
    ['github', 'ghp_abc', 'a GitHub token'],
  ])('%s warns of %j', (id, text, part) => {
    expect(secretWarning(schemeOf(id), text)).toContain(part)
  })
})
