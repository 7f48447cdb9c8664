import { describe, expect, it } from 'vitest'
import { pathOf } from '#contract/http.ts'
import { createEndpointRouter } from './endpoint-router.ts'

const endpoint = (id: number, path: string) => ({
  id,
  path,
  name: path,
  schemeId: null,
  tolerance: null,
  answerChallenges: true,
  answering: null,
  forwarding: null,
  colour: 0,
  revision: 1,
  createdAtMs: 0,
})

describe('pathOf', () => {
  it.each([
    ['/a?x=1', '/a'],
    ['/a#frag', '/a'],
    ['http://example.test/a/b?x', '/a/b'],
    ['http://example.test', '/'],
    ['*', '*'],
    ['example.test:443', 'example.test:443'],
  ])('%s is %s', (target, path) => {
    expect(pathOf(target)).toBe(path)
  })
})

describe('createEndpointRouter', () => {
  const router = createEndpointRouter([
    endpoint(1, '/hooks/*'),
    endpoint(2, '/hooks/stripe'),
    endpoint(3, '/hooks/stripe/*'),
  ])

  it('prefers the exact path, then the longest prefix, and ignores the query', () => {
    expect(router.find('/hooks/stripe?a=/b')?.id).toBe(2)
    expect(router.find('/hooks/stripe/test')?.id).toBe(3)
    expect(router.find('/hooks/other')?.id).toBe(1)
  })

  it('leaves the rest to the catch-all', () => {
    expect(router.find('/hooks')).toBeNull()
    expect(router.find('/')).toBeNull()
    expect(router.find('/hooksy')).toBeNull()
  })

  it('takes everything for /*', () => {
    expect(createEndpointRouter([endpoint(9, '/*')]).find('/x/y')?.id).toBe(9)
  })
})
