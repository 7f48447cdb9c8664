import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { OutgoingHttpHeaders } from 'node:http'
import path from 'node:path'
import { pagePolicy } from '#contract/page-policy.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}

export interface StaticFile {
  headers: OutgoingHttpHeaders
  bytes: Uint8Array
}

/** On every answer of this server, whatever it is. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-DNS-Prefetch-Control': 'off',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
}

/** For answers that are never a page of ours. */
export const INERT_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"

/** For the pages of the documentation, which have no script. */
const READING_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * Reads the built renderer once. What is asked for later is looked up by its exact path, so no path
 * reaches the file system and nothing but these files can be served.
 *
 * @returns the file for a path such as `/assets/index-1a2b.js`, or `null`; the page has a fresh nonce each time
 */
export function loadStaticFiles(rendererDir: string): (requestPath: string) => StaticFile | null {
  const files = new Map<string, StaticFile>()
  let page: string | null = null
  for (const name of readdirSync(rendererDir, { encoding: 'utf8', recursive: true })) {
    const type = TYPES[path.extname(name)]
    if (type === undefined) continue
    const bytes = readFileSync(path.join(rendererDir, name))
    const webPath = name.split(path.sep).join('/')
    if (webPath === 'index.html') page = bytes.toString('utf8')
    else files.set(`/${webPath}`, staticFile(webPath, type, bytes))
  }
  return (requestPath) => {
    if (requestPath !== '/') return files.get(requestPath) ?? null
    return page === null ? null : pageWithNonce(page)
  }
}

function staticFile(webPath: string, type: string, bytes: Buffer): StaticFile {
  const hashed = /^assets\/.+-[\w-]{8,}\.\w+$/.test(webPath)
  return {
    bytes,
    headers: {
      'Content-Type': type,
      'Content-Length': bytes.byteLength,
      'Cache-Control': hashed ? 'private, max-age=31536000, immutable' : 'no-cache',
      ETag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      'Content-Security-Policy': policyOf(webPath),
    },
  }
}

function policyOf(webPath: string): string {
  // A worker takes the policy of its own response.
  if (webPath.endsWith('.js')) return pagePolicy(null)
  return /^docs\/.+\.html$/.test(webPath) ? READING_POLICY : INERT_POLICY
}

function pageWithNonce(page: string): StaticFile {
  const nonce = randomBytes(16).toString('base64')
  const bytes = Buffer.from(page.replaceAll('__CSP_NONCE__', nonce))
  return {
    bytes,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': bytes.byteLength,
      'Cache-Control': 'no-store',
      'Content-Security-Policy': pagePolicy(nonce),
    },
  }
}
