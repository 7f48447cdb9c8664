import { createHash, createHmac } from 'node:crypto'

/** Signatures as the providers document them, made with node:crypto alone. */
export const hmac = (
  digest: 'sha1' | 'sha256' | 'sha512',
  key: string | Buffer,
  content: string,
  encoding: 'hex' | 'base64' | 'base64url' = 'hex',
): string => createHmac(digest, key).update(content).digest(encoding)

export const sha256 = (content: string | Uint8Array, encoding: 'hex' | 'base64' | 'base64url') =>
  createHash('sha256').update(content).digest(encoding)

export const nowSeconds = (): number => Math.floor(Date.now() / 1000)

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JWT signed with HMAC-SHA256 (RFC 7515, section 3.1, and RFC 7519). */
export function jwt(claims: Record<string, unknown>, key: string): string {
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${content}.${hmac('sha256', key, content, 'base64url')}`
}
