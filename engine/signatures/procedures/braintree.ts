import { literal, type Part } from '#engine/signatures/claims.ts'
import type { Procedure, ProcedureInput } from './procedure.ts'

/**
 * Braintree: HMAC-SHA1 over the form field `bt_payload`, also tried with a line feed after it;
 * `bt_signature` lists `publicKey|signature`, and the pair with our public key counts. Source:
 * braintree, webhook_notification_gateway.
 */
export const braintree: Procedure = {
  readsBody: true,
  claims({ reading, settings, body }) {
    const payload = body?.form.get('bt_payload') ?? null
    if (payload === null) {
      const sentence = 'There is no `bt_payload` in the form, which is what is signed.'
      return { code: 'signed-part-missing', sentence }
    }
    const { publicKey } = settings
    const pairs = (reading.signatureText ?? '').split('&').map((pair) => pair.split('|'))
    const signatures = pairs.flatMap(([name, text], position) =>
      name === undefined || text === undefined
        ? []
        : [{ position, version: name, text, known: !publicKey || name === publicKey }],
    )
    const part: Part = { kind: 'form', from: 'bt_payload', text: payload }
    return [{ signatures, contents: [[part], [part, literal('\n')]] }]
  },
  write({ body, settings }, signatureOver) {
    const { publicKey } = settings
    if (!publicKey) return { problem: 'Braintree needs the public key to sign.' }
    const payload = body?.form.get('bt_payload')
    if (payload == null) return { problem: 'The body has no `bt_payload` field to sign.' }
    const signature = signatureOver([{ kind: 'form', from: 'bt_payload', text: payload }])
    return { body: Buffer.from(withSignature(body, `${publicKey}|${signature}`)) }
  },
}

/** The form as it was, with another `bt_signature`; in front when there was none. */
function withSignature(body: ProcedureInput['body'], signature: string): string {
  const text = Buffer.from(body?.bytes ?? []).toString('utf8')
  const pair = `bt_signature=${encodeURIComponent(signature)}`
  return /(^|&)bt_signature=/.test(text)
    ? text.replace(/(^|&)bt_signature=[^&]*/, (_, before: string) => before + pair)
    : `${pair}&${text}`
}
