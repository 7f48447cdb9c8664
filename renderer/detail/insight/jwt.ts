import { layOutJson } from '#renderer/body/document/json-layout.ts'
import { parseJson, type JsonNode } from '#renderer/body/json-parse.ts'
import { textOfBytes } from '#renderer/body/text-of-bytes.ts'
import { momentWords } from './moment.ts'
import type { Insight, InsightRow } from './insight.ts'

const TOKEN = /(?:^|[\s="])(eyJ[\w-]{4,}\.[\w-]{4,}\.[\w-]*)(?=$|[\s,;"])/
/** Claims that are moments, in seconds (RFC 7519, section 4.1; OpenID Connect Core, section 2). */
const MOMENTS = new Set(['exp', 'nbf', 'iat', 'auth_time', 'updated_at'])

function decoded(part: string): JsonNode | null {
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    const result = parseJson(textOfBytes(bytes, true).text)
    return result.ok && result.root.kind === 'object' ? result.root : null
  } catch {
    // No base64url: then this is no token.
    return null
  }
}

function rowsOf(node: JsonNode, receivedAtMs: number): InsightRow[] {
  if (node.kind !== 'object') return []
  return node.entries.map(({ key, value }) => {
    const text = value.kind === 'string' ? value.text : (layOutJson(value)?.text ?? '')
    const seconds = value.kind === 'number' && MOMENTS.has(key) ? Number(value.source) : Number.NaN
    const note = Number.isFinite(seconds) ? momentWords(seconds * 1000, receivedAtMs) : null
    return { name: key, value: text, note }
  })
}

/** What a JSON Web Token in a header says (RFC 7519): its header and its claims, not its signature. */
export function jwtInsights(value: string, receivedAtMs: number): Insight[] {
  const [head, payload] = TOKEN.exec(value)?.[1]?.split('.') ?? []
  const header = decoded(head ?? '')
  const claims = decoded(payload ?? '')
  if (!header || !claims) return []
  return [
    { title: 'Token header', rows: rowsOf(header, receivedAtMs) },
    {
      title: 'Claims, as the token says; its signature is not checked here',
      rows: rowsOf(claims, receivedAtMs),
    },
  ]
}
