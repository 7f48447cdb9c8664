import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePasted } from './pasted-request.ts'

describe('parsePasted', () => {
  it('tells a curl command from a raw request', () => {
    expect(parsePasted("$ curl -d '{}' http://h/x")).toMatchObject({
      method: 'POST',
      target: '/x',
      bodyBase64: 'e30=',
    })
    expect(parsePasted('PUT /y HTTP/1.1\n\nä')).toMatchObject({
      method: 'PUT',
      bodyBase64: Buffer.from('ä').toString('base64'),
    })
    expect(parsePasted('curly: yes\n\n{}')).toMatchObject({ rawHeaders: [['curly', 'yes']] })
  })

  it('hands problems on', () => {
    expect(parsePasted('curl')).toEqual({ problem: 'The curl command names no URL.' })
    expect(parsePasted('   ')).toHaveProperty('problem')
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(parsePasted(text)).toBeTypeOf('object')
        expect(parsePasted(`curl ${text}`)).toBeTypeOf('object')
      }),
    )
  })
})
