import { expect, it } from 'vitest'
import { isCredentialHeader } from './credentials.ts'

const gitlab = { secretKind: 'credential', signaturePlace: 'X-Gitlab-Token' } as const
const okta = { secretKind: 'credential', signaturePlace: 'Authorization' } as const
const livekit = { secretKind: 'shared-secret', signaturePlace: 'Authorization' } as const

it('is the header that is compared with the secret, whatever its case and form', () => {
  expect(isCredentialHeader(['x-gitlab-token', 'a'], gitlab)).toBe(true)
  expect(isCredentialHeader(['AUTHORIZATION', 'my own words'], okta)).toBe(true)
  expect(isCredentialHeader(['X-Gitlab-Event', 'Push Hook'], gitlab)).toBe(false)
})

it('is a password or token in Authorization with any scheme, or none', () => {
  for (const scheme of [gitlab, undefined]) {
    expect(isCredentialHeader(['Authorization', 'Basic dTpw'], scheme)).toBe(true)
    expect(isCredentialHeader(['authorization', 'bearer abc'], scheme)).toBe(true)
    expect(isCredentialHeader(['Proxy-Authorization', 'Basic dTpw'], scheme)).toBe(true)
    expect(isCredentialHeader(['Authorization', 'Digest username="u"'], scheme)).toBe(false)
  }
})

it('is not a signature, which is no secret', () => {
  expect(isCredentialHeader(['Authorization', 'Bearer a.b.c'], livekit)).toBe(false)
  expect(isCredentialHeader(['Stripe-Signature', 't=1,v1=a'], undefined)).toBe(false)
})
