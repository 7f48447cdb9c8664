import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { pagePolicy } from '#contract/page-policy.ts'
import { isAppUrl } from './origin.ts'
import type { RendererFile } from './renderer-files.ts'

const NONCE_MARK = '__CSP_NONCE__'

const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-DNS-Prefetch-Control': 'off',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const

/** One response; `index.html` gets a nonce that no other response has. */
export async function respond(
  files: ReadonlyMap<string, RendererFile>,
  request: { method: string; url: string },
): Promise<Response> {
  if (request.method !== 'GET') return refusal(405)
  const path = isAppUrl(request.url) ? new URL(request.url).pathname : null
  const found = path === null ? undefined : files.get(path)
  if (found === undefined) return refusal(404)
  const nonce = randomBytes(16).toString('base64')
  const bytes = await readFile(found.file)
  const isPage = found.contentType.startsWith('text/html')
  const body = isPage ? bytes.toString('utf8').replaceAll(NONCE_MARK, nonce) : new Uint8Array(bytes)
  return new Response(body, {
    headers: {
      ...SECURITY_HEADERS,
      'Content-Type': found.contentType,
      'Content-Security-Policy': pagePolicy(nonce),
    },
  })
}

function refusal(status: 404 | 405): Response {
  return new Response(null, {
    status,
    headers: { ...SECURITY_HEADERS, 'Content-Security-Policy': "default-src 'none'" },
  })
}
