import { expect, it } from 'vitest'
import { samePlace } from './highlight.tsx'

it('knows a field from its header, and headers apart', () => {
  expect(samePlace('Svix-Id', 'svix-id')).toBe(true)
  expect(samePlace('Stripe-Signature t', 'stripe-signature')).toBe(true)
  expect(samePlace('webhook-id', 'webhook-id-2')).toBe(false)
  expect(samePlace('body', null)).toBe(false)
})
