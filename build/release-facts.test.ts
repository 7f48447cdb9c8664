import { expect, it } from 'vitest'
import { releaseFacts } from './release-facts.ts'

const feed = {
  COUNTERSIGN_FEED_URL: 'https://example.com/releases/latest/download',
  COUNTERSIGN_FEED_PUBLIC_KEY: 'MCowBQYDK2VwAyEA',
}

it('knows of no release where nothing is said', () => {
  expect(releaseFacts({ COUNTERSIGN_FEED_URL: '', COUNTERSIGN_HOMEPAGE: ' ' })).toMatchObject({
    homepage: null,
    updates: null,
  })
})

it('gives a feed its page', () => {
  expect(releaseFacts({ ...feed, COUNTERSIGN_HOMEPAGE: 'https://example.com' }).updates).toEqual({
    url: 'https://example.com/releases/latest/download',
    publicKey: 'MCowBQYDK2VwAyEA',
    page: 'https://example.com/releases',
  })
})

it.each([
  ['a feed without a key', { ...feed, COUNTERSIGN_FEED_PUBLIC_KEY: '' }, /come together/],
  ['a key without a feed', { COUNTERSIGN_FEED_PUBLIC_KEY: 'x' }, /come together/],
  ['a feed over plain http', { ...feed, COUNTERSIGN_FEED_URL: 'http://example.com/' }, /https/],
  ['a feed that is a file', { ...feed, COUNTERSIGN_FEED_URL: 'file:///etc' }, /https/],
])('refuses %s', (_, environment, why) => {
  expect(() => releaseFacts(environment)).toThrow(why)
})
