import { expect, it } from 'vitest'
import type { EndpointSuggestion } from '#contract/suggestion.ts'
import { suggestionWords } from './suggestion-words.ts'

const base: EndpointSuggestion = {
  name: 'Lemon Squeezy',
  path: '/x',
  endpointId: null,
  schemeId: 'lemonsqueezy',
  confidence: 'certain',
  candidates: ['lemonsqueezy'],
  secret: null,
}
const secret = { name: 'live', endpointId: 3, endpointName: 'shop', endpointPath: '/shop' }
const words = (more: Partial<EndpointSuggestion>) =>
  suggestionWords({ ...base, ...more }, (id) => id.toUpperCase())

const several = (candidates: string[]) =>
  words({ schemeId: null, confidence: 'possible', candidates })

it('names the secret and whose it is', () => {
  expect(words({ secret })).toBe(
    'Looks like LEMONSQUEEZY: the secret “live” of endpoint shop matches.',
  )
  expect(words({ secret, endpointId: 3 })).toBe(
    'Looks like LEMONSQUEEZY: the secret “live” of this endpoint matches.',
  )
})

it('claims no more than the headers say', () => {
  expect(words({})).toBe('The headers are those of LEMONSQUEEZY.')
  expect(words({ confidence: 'likely' })).toBe('The headers look like those of LEMONSQUEEZY.')
})

it('lists what is possible, and counts the rest', () => {
  expect(several(['a'])).toBe('This may be A.')
  expect(several(['a', 'b'])).toMatch(/^This may be A or B: /)
  expect(several(['a', 'b', 'c'])).toMatch(/^This may be A, B or C: /)
  expect(several(['a', 'b', 'c', 'd'])).toMatch(/^This may be A, B, C or 1 other: /)
  expect(several(['a', 'b', 'c', 'd', 'e'])).toMatch(/^This may be A, B, C or 2 others: /)
})
