/** What Novu's bridge does beyond one signed POST. */
import { expect, test } from 'vitest'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { findHeader } from '#engine/signatures/headers.ts'
import { prepareSecrets } from '#engine/signatures/secret.ts'
import { sign } from '#engine/signatures/sign.ts'
import { NOVU_KEY, novuAnswer, novuBody } from './novu.ts'

/** The signature that we write for this body, now. */
function ourSignature(method: string, body: string): string {
  const scheme = findScheme('novu')
  if (!scheme) throw new Error('There is no scheme novu.')
  const [secret] = prepareSecrets(scheme, [{ id: 1, name: 'interop', text: NOVU_KEY }], {}).secrets
  if (!secret) throw new Error('The secret makes no key.')
  const signed = sign({
    scheme,
    secret,
    head: { method, target: '/api/novu', rawHeaders: [] },
    body: Buffer.from(body),
    timestampMs: Date.now(),
    messageId: null,
  })
  if ('problem' in signed) throw new Error(signed.problem)
  return findHeader(signed.rawHeaders, 'novu-signature') ?? ''
}

function execute(sent: string, signed: string) {
  const signature = ourSignature('POST', signed)
  const target = '/api/novu?action=execute&workflowId=welcome&stepId=send-email'
  return novuAnswer({ method: 'POST', target, signature, body: JSON.parse(sent) })
}

test('our sample is executed', async () => {
  const body = novuBody()
  const answer = await execute(body, body)
  expect(answer).toMatchObject({ status: 200, body: { outputs: { subject: 'Welcome' } } })
  const changed = await execute(body.replace('team', 'solo'), body)
  expect(changed).toMatchObject({ status: 401, body: { code: 'SignatureMismatchError' } })
})

test('an indented body, which it re-serialises', async () => {
  const indented = JSON.stringify(JSON.parse(novuBody()), null, 2)
  expect((await execute(indented, indented)).status).toBe(200)
})

test('GET discover, signed over {}', async () => {
  const signature = ourSignature('GET', '')
  const call = { method: 'GET', target: '/api/novu?action=discover', body: undefined }
  const answer = await novuAnswer({ ...call, signature })
  expect(answer).toMatchObject({ status: 200, body: { workflows: [{ workflowId: 'welcome' }] } })
  expect((await novuAnswer({ ...call, signature: null })).status).toBe(401)
})

test('the health check, unsigned', async () => {
  const target = '/api/novu?action=health-check'
  const call = { method: 'GET', target, signature: null, body: undefined }
  expect((await novuAnswer(call)).status).toBe(200)
})
