import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { respaced } from './respaced.ts'

describe('respaced', () => {
  it('writes JSON as JSON.stringify does, laid out and compact', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const value: unknown = JSON.parse(json)
        expect(respaced(json, true)).toBe(JSON.stringify(value, null, 2))
        expect(respaced(respaced(json, true), false)).toBe(JSON.stringify(value))
      }),
    )
  })

  it('leaves the values of templates as they are', () => {
    const text = '{ "a" : {{int 1 9}} , "b":"{{sentence | upper}} x" }'
    expect(respaced(text, false)).toBe('{"a":{{int 1 9}},"b":"{{sentence | upper}} x"}')
  })
})
