import { literal, type Part } from '#engine/signatures/claims.ts'
import { setJsonString } from '#engine/signatures/json-edit.ts'
import { scalarText, valueAt } from '#engine/signatures/place.ts'
import type { Procedure, SignedTexts } from './procedure.ts'

const FIELDS = [
  'pspReference',
  'originalReference',
  'merchantAccountCode',
  'merchantReference',
  'amount.value',
  'amount.currency',
  'eventCode',
  'success',
]

/**
 * Adyen's payment webhooks: eight values of each item, joined with colons, nothing escaped; every
 * item has a signature of its own and all must be right. Source: @adyen/api-library 32.1.0,
 * hmacValidator.
 */
export const adyenItem: Procedure = {
  readsBody: true,
  claims({ body, reading }) {
    const items = itemsOf(body?.json?.value)
    return items
      .map((item, index): SignedTexts => {
        const text = scalarText(valueAt(item, 'additionalData.hmacSignature')) ?? ''
        const known = typeof valueAt(item, 'additionalData.hmacSignature') === 'string'
        return {
          signatures: [{ position: index, version: null, text, known }],
          contents: [contentOf(item)],
        }
      })
      .concat(items.length === 0 ? [{ signatures: reading.header.signatures, contents: [] }] : [])
  },
  write({ body }, signatureOver) {
    let text = body?.text ?? ''
    const items = itemsOf(body?.json?.value)
    if (items.length === 0) return { problem: 'The body has no notificationItems to sign.' }
    for (let index = 0; index < items.length; index++) {
      const path = `notificationItems[${index}].NotificationRequestItem.additionalData.hmacSignature`
      const edited = setJsonString(text, path, signatureOver(contentOf(items[index])))
      if (edited === null) return { problem: `The body has no \`${path}\` to write to.` }
      text = edited
    }
    return { body: Buffer.from(text) }
  },
}

function itemsOf(value: unknown): unknown[] {
  const items = valueAt(value, 'notificationItems')
  if (!Array.isArray(items)) return []
  return items.map((item: unknown) => valueAt(item, 'NotificationRequestItem'))
}

function contentOf(item: unknown): Part[] {
  return FIELDS.flatMap((field, index): Part[] => {
    const text = scalarText(valueAt(item, field)) ?? ''
    const part: Part = { kind: 'json', from: field, text }
    return index === 0 ? [part] : [literal(':'), part]
  })
}
