import { findScheme } from '#engine/signatures/catalogue.ts'
import { sampleRequest } from '#engine/signatures/sample.ts'
import { hmac } from './by-rule.ts'
import { header, jsonRequest, text, withHeaders, type InteropCase } from './interop-case.ts'
import { novuReceiver, type NovuAnswer, type NovuCall } from '#test/conformance/novu-receiver.ts'

export const NOVU_KEY = 'novu-interop-key'
const TARGET = '/api/novu?action=execute&workflowId=welcome&stepId=send-email'

/** Our own sample, with a word to change in a value that the workflow does not look at. */
export function novuBody(): string {
  const scheme = findScheme('novu')
  if (!scheme) throw new Error('There is no scheme novu.')
  const sample: unknown = JSON.parse(Buffer.from(sampleRequest(scheme).body).toString())
  return JSON.stringify({ ...Object(sample), note: 'unchanged' })
}

const receivers = new Map<string, ReturnType<typeof novuReceiver>>()

/** What the framework's bridge answers; it is made once for each key. */
export async function novuAnswer(call: NovuCall, key = NOVU_KEY): Promise<NovuAnswer> {
  const receiver = receivers.get(key) ?? novuReceiver(key)
  receivers.set(key, receiver)
  return (await receiver)(call)
}

export const novu: InteropCase[] = [
  {
    scheme: 'novu',
    sdk: '@novu/framework',
    secret: NOVU_KEY,
    request: jsonRequest(novuBody(), TARGET),
    signedBy: 'rule',
    sign: (request) => {
      const timestamp = Date.now()
      const signature = hmac('sha256', NOVU_KEY, `${timestamp}.${text(request)}`)
      return withHeaders(request, { 'novu-signature': `t=${timestamp},v1=${signature}` })
    },
    // 401 is its refusal; what else it says is about the workflow.
    verify: async (request, secret) => {
      const { pathname, search } = new URL(request.url)
      const call = {
        method: request.method,
        target: pathname + search,
        signature: header(request, 'novu-signature'),
        body: request.body.byteLength === 0 ? undefined : JSON.parse(text(request)),
      }
      return (await novuAnswer(call, secret)).status !== 401
    },
  },
]
