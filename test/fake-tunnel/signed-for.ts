import type { RawHeader } from '#contract/http.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { prepareSecrets } from '#engine/signatures/secret.ts'
import { sign } from '#engine/signatures/sign.ts'

export const SECRET = 'f00dfacef00dfacef00dfacef00dface'

/** The headers of a form or of JSON that this provider signed for this URL, with `SECRET`. */
export function signedFor(schemeId: string, url: string, body: string): Record<string, string> {
  const scheme = findScheme(schemeId)
  if (!scheme) throw new Error(`There is no scheme ${schemeId}.`)
  const settings = { publicUrl: url, notificationUrl: url }
  const [secret] = prepareSecrets(scheme, [{ id: 1, name: 'live', text: SECRET }], settings).secrets
  if (!secret) throw new Error('The secret cannot be used.')
  const type = body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded'
  const rawHeaders: RawHeader[] = [['Content-Type', type]]
  const head = { method: 'POST', target: new URL(url).pathname, rawHeaders }
  const signed = sign({
    ...{ scheme, secret, settings, head, body: Buffer.from(body), messageId: null },
    timestampMs: Date.now(),
  })
  if ('problem' in signed) throw new Error(signed.problem)
  return Object.fromEntries(signed.rawHeaders)
}
