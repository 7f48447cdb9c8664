import { describe, expect, it } from 'vitest'
import { allowedLink, documentationHosts } from './external-links.ts'

const hosts = new Set(['docs.stripe.com'])

describe('allowedLink', () => {
  it('lets a documentation page through as it is', () => {
    expect(allowedLink('https://docs.stripe.com/webhooks?x=1#y', hosts)).toBe(
      'https://docs.stripe.com/webhooks?x=1#y',
    )
  })

  it.each([
    'http://docs.stripe.com/',
    'https://docs.stripe.com.example/',
    'https://example.com/https://docs.stripe.com/',
    'https://docs.stripe.com@example.com/',
    'https://someone@docs.stripe.com/',
    'https://docs.stripe.com:8443/',
    'javascript:alert(1)//docs.stripe.com',
    'file:///docs.stripe.com',
    'docs.stripe.com',
  ])('refuses %s', (link) => expect(allowedLink(link, hosts)).toBeNull())
})

describe('documentationHosts', () => {
  it('knows where the built-in schemes are documented', () => {
    expect([...documentationHosts()]).toContain('docs.stripe.com')
  })
})
