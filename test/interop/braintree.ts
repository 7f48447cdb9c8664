import sdk from 'braintree'
import { formRequest, passes, text, type InteropCase, type InteropRequest } from './interop-case.ts'

const SECRET = 'countersign-interop-secret'
const gateway = (privateKey: string, publicKey: string) =>
  new sdk.BraintreeGateway({
    environment: sdk.Environment.Sandbox,
    merchantId: 'interop',
    publicKey,
    privateKey,
  })

export const braintree: InteropCase[] = [
  {
    scheme: 'braintree',
    sdk: 'braintree',
    secret: SECRET,
    settings: { publicKey: 'interop_public' },
    request: formRequest({ bt_payload: braintreeSample().bt_payload }),
    signedBy: 'sdk',
    sign: () => formRequest({ ...braintreeSample() }),
    verify: (request, secret, settings) => {
      const form = new URLSearchParams(text(request))
      const { webhookNotification } = gateway(secret, settings.publicKey ?? '')
      return passes(() =>
        webhookNotification.parse(form.get('bt_signature') ?? '', form.get('bt_payload') ?? ''),
      )
    },
    change: changeBraintree,
  },
]

function braintreeSample() {
  const { webhookTesting } = gateway(SECRET, 'interop_public')
  return webhookTesting.sampleNotification('subscription_went_active', 'unchanged')
}

/** One byte of what is inside the base64 of the form. */
function changeBraintree(request: InteropRequest): InteropRequest {
  const form = new URLSearchParams(text(request))
  const xml = Buffer.from(form.get('bt_payload') ?? '', 'base64').toString()
  const changed = Buffer.from(xml.replace('unchanged', 'unChanged')).toString('base64')
  form.set('bt_payload', `${changed}\n`)
  return { ...request, body: Buffer.from(String(form)) }
}
