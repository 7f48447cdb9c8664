import { describe, expect, it } from 'vitest'
import { deliveryHygiene } from './delivery-hygiene.ts'

type Given = Parameters<typeof deliveryHygiene>[0]

function delivery(change: Partial<Given>): Given {
  const plain = { bodyByteLength: 10, contentEncoding: null, rawHeaders: [] }
  return { ...plain, remoteAddress: '127.0.0.1', ...change }
}
const bytes = Buffer.from('{"pan":"4242424242424242"}')

describe('deliveryHygiene', () => {
  it('counts what was looked at of a body that is longer', () => {
    const large = delivery({ bodyByteLength: 5_000_000 })
    expect(deliveryHygiene(large, { bytes }, 0)).toMatchObject({
      findings: [{ path: '$.pan' }],
      inspectedByteLength: 1024 * 1024,
      truncated: true,
    })
  })

  it('counts the bytes of a body whose coding was undone', () => {
    const coded = delivery({ bodyByteLength: 5_000_000, contentEncoding: 'gzip' })
    expect(deliveryHygiene(coded, { bytes }, 0)).toMatchObject({
      inspectedByteLength: bytes.length,
      truncated: false,
    })
  })

  it('goes by the content type', () => {
    const form = Buffer.from('password=abc')
    const type = 'application/x-www-form-urlencoded'
    const named = delivery({ rawHeaders: [['content-TYPE', type]] })
    expect(deliveryHygiene(named, { bytes: form }, 0).findings[0]?.path).toBe('password')
    expect(deliveryHygiene(delivery({}), { bytes: form }, 0).findings[0]?.path).toBe('line 1')
  })

  it('points out plain http also where the body cannot be read', () => {
    const from = { remoteAddress: '192.168.1.20' }
    expect(deliveryHygiene(delivery(from), { bytes }, 0).plainHttp).toContain('192.168.1.20')
    const gone = deliveryHygiene(delivery(from), null, 0)
    expect(gone).toMatchObject({ findings: [], problem: expect.stringContaining('missing') })
    expect(gone.plainHttp).toContain('192.168.1.20')
    const broken = deliveryHygiene(delivery({}), { problem: 'It is no gzip.' }, 0)
    expect(broken).toMatchObject({ problem: 'It is no gzip.', plainHttp: null })
  })
})
