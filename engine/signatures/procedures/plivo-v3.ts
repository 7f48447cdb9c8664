import { randomUUID } from 'node:crypto'
import { parse } from 'node:querystring'
import { literal } from '#engine/signatures/claims.ts'
import { headerText } from '#engine/signatures/reading.ts'
import { publicUrl } from '#engine/signatures/url.ts'
import type { Procedure, ProcedureInput } from './procedure.ts'

const NONCE = 'X-Plivo-Signature-V3-Nonce'

/**
 * Plivo V3: the URL with its query sorted, for a POST then its form sorted, then the nonce. Source:
 * plivo 4.79.0, utils/v3Security.
 */
export const plivoV3: Procedure = {
  readsBody: true,
  claims(input) {
    const { reading, head } = input
    const nonce = headerText(head, NONCE)
    if (nonce === null) {
      return {
        code: 'signed-part-missing',
        sentence: `No \`${NONCE}\` header, which is part of what is signed.`,
      }
    }
    return [
      {
        signatures: reading.header.signatures,
        contents: [
          [
            { kind: 'url', from: null, text: urlText(input) },
            literal('.'),
            { kind: 'header', from: NONCE, text: nonce },
          ],
        ],
      },
    ]
  },
  prepare({ head }) {
    if (headerText(head, NONCE) !== null) return {}
    const nonce = randomUUID().replaceAll('-', '').slice(0, 20)
    return { rawHeaders: [...head.rawHeaders, [NONCE, nonce]] }
  },
}

function urlText({ head, settings, body }: ProcedureInput): string {
  const url = publicUrl(head, settings)
  const at = url.indexOf('?')
  const base = at === -1 ? url : url.slice(0, at)
  const query = sortedPairs(at === -1 ? '' : url.slice(at + 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const form = head.method === 'POST' ? sortedPairs(bodyText(body)) : []
  let text = base
  if (query !== '' || form.length > 0) text += `?${query}`
  if (query !== '' && form.length > 0) text += '.'
  return text + form.map(([name, value]) => name + value).join('')
}

function bodyText(body: ProcedureInput['body']): string {
  return body ? Buffer.from(body.bytes).toString('utf8') : ''
}

/** Names sorted, and the values of each. */
function sortedPairs(text: string): [string, string][] {
  // All of them: by default only the first thousand count, and the rest would not be covered.
  const values = parse(text, '&', '=', { maxKeys: 0 })
  return Object.keys(values)
    .sort()
    .flatMap((name) => {
      const value = values[name] ?? ''
      const all = Array.isArray(value) ? [...value].sort() : [value]
      return all.map((each): [string, string] => [name, each])
    })
}
