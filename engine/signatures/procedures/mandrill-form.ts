import { publicUrl } from '#engine/signatures/url.ts'
import type { Procedure } from './procedure.ts'

/** Mandrill: the webhook's URL as registered, then every form parameter, sorted by name. */
export const mandrillForm: Procedure = {
  readsBody: true,
  claims({ reading, head, settings, body }) {
    const pairs = [...(body?.form ?? [])].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    const text = pairs.map(([name, value]) => name + value).join('')
    const url = { kind: 'url' as const, from: null, text: publicUrl(head, settings) }
    const form = { kind: 'form' as const, from: 'body', text }
    return [{ signatures: reading.header.signatures, contents: [[url, form]] }]
  },
}
