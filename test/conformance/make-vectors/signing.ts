import {
  constants,
  createHash,
  createHmac,
  createPrivateKey,
  sign as signWithKey,
  type KeyObject,
} from 'node:crypto'
import type { Encoding, Message, Rule } from './rule.ts'

/** The signature of a message as text, without prefix; straight from node:crypto. */
export function signatureOf(rule: Rule, message: Message, encoding: Encoding): string {
  if (rule.algorithm === 'shared-token') return message.secret
  if (rule.algorithm === 'basic-auth') return Buffer.from(message.secret).toString('base64')
  if (rule.algorithm === 'jwt-hs256') return tokenOf(rule, message)
  return encode(bytesOf(rule, message), encoding)
}

export function encode(bytes: Buffer, encoding: Encoding): string {
  return encoding === 'upper-hex' ? bytes.toString('hex').toUpperCase() : bytes.toString(encoding)
}

function bytesOf(rule: Rule, message: Message): Buffer {
  const { algorithm } = rule
  if (!rule.content) throw new Error(`${rule.scheme}: nothing says what is signed.`)
  const content = Buffer.concat(rule.content(message).map((part) => Buffer.from(part)))
  const [family, digest] = algorithm.split(/-(?=[^-]+$)/)
  if (family === 'hmac' && digest) {
    return createHmac(digest, keyOf(rule, message)).update(content).digest()
  }
  if (algorithm === 'sha1' || algorithm === 'sha256' || algorithm === 'sha512') {
    return createHash(algorithm).update(content).digest()
  }
  const key = privateKeyOf(rule, message)
  if (algorithm === 'ed25519') return signWithKey(null, content, key)
  if (algorithm !== 'rsa-pss-sha256') return signWithKey(digest, content, key)
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return signWithKey('sha256', content, { key, padding, saltLength: 32 })
}

function keyOf(rule: Rule, { secret }: Message): Uint8Array {
  return rule.key ? rule.key(secret) : Buffer.from(secret)
}

function privateKeyOf(rule: Rule, { secret }: Message): KeyObject {
  const der = rule.signingKeys?.[secret]
  if (der === undefined) throw new Error(`${rule.scheme}: there is no private key of that secret.`)
  return createPrivateKey({ key: Buffer.from(der, 'base64'), format: 'der', type: 'pkcs8' })
}

/** A JSON Web Token, RFC 7519, with HMAC-SHA256 (RFC 7518 section 3.2). */
function tokenOf(rule: Rule, message: Message): string {
  if (!rule.claims) throw new Error(`${rule.scheme}: nothing says what the token claims.`)
  const text = [{ alg: 'HS256', typ: 'JWT' }, rule.claims(message)]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = createHmac('sha256', keyOf(rule, message)).update(text).digest('base64url')
  return `${text}.${signature}`
}
