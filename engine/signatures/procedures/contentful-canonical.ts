import { escape } from 'node:querystring'
import { literal, type Part, wholeBody } from '#engine/signatures/claims.ts'
import { headerText } from '#engine/signatures/reading.ts'
import type { Procedure } from './procedure.ts'

const SIGNED_HEADERS = 'x-contentful-signed-headers'
const TIMESTAMP = 'x-contentful-timestamp'

/**
 * Contentful: method, path with its query escaped as a whole, the signed headers, body, each on a
 * line. Source: @contentful/node-apps-toolkit 3.16.1, sign-request.
 */
export const contentfulCanonical: Procedure = {
  readsBody: false,
  claims({ reading, head }) {
    const listed = headerText(head, SIGNED_HEADERS)
    if (listed === null) {
      const sentence = `No \`${SIGNED_HEADERS}\` header, which says what is signed.`
      return { code: 'signed-part-missing', sentence }
    }
    const wanted = new Set(listed.split(','))
    const headers = new Map<string, string>()
    for (const [name, value] of head.rawHeaders) {
      const key = name.toLowerCase().trim()
      if (wanted.has(key)) headers.set(key, value.trim())
    }
    // The package signs the list and timestamp as it read them, whatever the header said.
    headers.set(SIGNED_HEADERS, [...headers.keys(), ...missing(headers)].sort().join(','))
    if (reading.timestampText !== null) headers.set(TIMESTAMP, reading.timestampText)
    const lines = [...headers].sort(([a], [b]) => (a < b ? -1 : 1))
    const content: Part[] = [
      { kind: 'method', from: null, text: head.method },
      literal('\n'),
      { kind: 'url', from: 'path', text: encodedPath(head.target) },
      literal('\n'),
      { kind: 'header', from: SIGNED_HEADERS, text: lines.map(([n, v]) => `${n}:${v}`).join(';') },
      literal('\n'),
      wholeBody,
    ]
    return [{ signatures: reading.header.signatures, contents: [content] }]
  },
  prepare({ head }) {
    if (headerText(head, SIGNED_HEADERS) !== null) return {}
    const own = ['content-type', 'x-contentful-topic'].filter(
      (name) => headerText(head, name) !== null,
    )
    const list = [...own, SIGNED_HEADERS, TIMESTAMP].sort().join(',')
    return { rawHeaders: [...head.rawHeaders, [SIGNED_HEADERS, list]] }
  },
}

function missing(headers: ReadonlyMap<string, string>): string[] {
  return [SIGNED_HEADERS, TIMESTAMP].filter((name) => !headers.has(name))
}

function encodedPath(target: string): string {
  const relative = target.replace(/^https?:\/\/[^/?#]*/i, '')
  const [path = '', search] = relative.split('?')
  try {
    return encodeURI(search ? `${path}?${escape(search)}` : path)
  } catch (error) {
    if (error instanceof URIError) return relative
    throw error
  }
}
