import type { Part } from '#engine/signatures/claims.ts'
import { queryValue } from '#engine/signatures/place.ts'
import { headerText } from '#engine/signatures/reading.ts'
import type { Procedure } from './procedure.ts'

/**
 * Mercado Pago: `id:…;request-id:…;ts:…;`, without the parts whose value is absent. The body is not
 * signed. Source: mercadopago 3.6.1, utils/webhook.
 */
export const mercadopago: Procedure = {
  readsBody: false,
  claims({ reading, head }) {
    const id = queryValue(head.target, 'data.id')?.trim()
    const requestId = headerText(head, 'x-request-id')?.trim()
    const content: Part[] = []
    if (id) content.push({ kind: 'query', from: 'data.id', text: `id:${id};` })
    if (requestId) {
      content.push({ kind: 'header', from: 'x-request-id', text: `request-id:${requestId};` })
    }
    content.push({ kind: 'timestamp', from: null, text: `ts:${reading.timestampText ?? ''};` })
    return [{ signatures: reading.header.signatures, contents: [content] }]
  },
}
