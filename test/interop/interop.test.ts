/**
 * The providers' own SDKs against our engine, in one process and without a network: what we sign
 * they accept, what they sign we accept, and neither accepts a byte that was changed on the way.
 */
import { describe, expect, test } from 'vitest'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { prepareSecrets } from '#engine/signatures/secret.ts'
import { sign } from '#engine/signatures/sign.ts'
import { verify } from '#engine/signatures/verify.ts'
import { cases } from './cases.ts'
import { changeBody, type InteropCase, type InteropRequest } from './interop-case.ts'

const ACCEPTED = { sdk: 'accepts', ours: 'valid' }
const REFUSED = { sdk: expect.stringMatching(/^refuses/), ours: 'invalid' }

/** A `rule` signature is only worth something because the SDK accepts it too. */
describe.each(cases)('$scheme with $sdk', (each) => {
  const change = each.change ?? changeBody

  test(`signed by the ${each.signedBy}: both accept it, and refuse it changed`, async () => {
    const signed = await each.sign(each.request)
    expect(await verdicts(each, signed)).toEqual(ACCEPTED)
    expect(await verdicts(each, change(signed))).toEqual(REFUSED)
  })

  test('signed by us: both accept it, and refuse it changed', async () => {
    const signed = signedByUs(each)
    expect(await verdicts(each, signed)).toEqual(ACCEPTED)
    expect(await verdicts(each, change(signed))).toEqual(REFUSED)
  })
})

async function verdicts(each: InteropCase, request: InteropRequest) {
  return { sdk: await sdkVerdict(each, request), ours: ourVerdict(each, request) }
}

/** Verifiers refuse by throwing or by answering false, each as it likes. */
async function sdkVerdict(each: InteropCase, request: InteropRequest): Promise<string> {
  try {
    return (await each.verify(request, each.secret, each.settings ?? {})) ? 'accepts' : 'refuses'
  } catch (error) {
    return `refuses: ${error instanceof Error ? error.message : JSON.stringify(error)}`
  }
}

function prepared(each: InteropCase, text: string) {
  const scheme = findScheme(each.scheme)
  if (!scheme) throw new Error(`There is no scheme ${each.scheme}.`)
  const made = prepareSecrets(scheme, [{ id: 1, name: 'interop', text }], each.settings ?? {})
  const [first] = made.secrets
  if (!first) throw new Error(`The secret makes no key: ${JSON.stringify(made.unusableSecrets)}`)
  return { scheme, secrets: made.secrets, first }
}

const headOf = ({ method, url, rawHeaders }: InteropRequest) => ({
  method,
  target: url.slice(new URL(url).origin.length),
  rawHeaders,
})

/** The clock is now, as it is for the SDK. */
function ourVerdict(each: InteropCase, request: InteropRequest): string {
  const { scheme, secrets } = prepared(each, each.secret)
  const context = {
    head: headOf(request),
    scheme,
    secrets,
    lockedSecrets: false,
    settings: each.settings ?? {},
    atMs: Date.now(),
    tolerance: null,
    incomplete: null,
  }
  const bytes = request.body
  return verify(context, { byteLength: bytes.byteLength, chunks: () => [bytes] }).verdict
}

function signedByUs(each: InteropCase): InteropRequest {
  const { scheme, first } = prepared(each, each.signingSecret ?? each.secret)
  const signed = sign({
    scheme,
    secret: first,
    settings: each.settings ?? {},
    head: headOf(each.request),
    body: each.request.body,
    timestampMs: Date.now(),
    messageId: null,
  })
  if ('problem' in signed) throw new Error(signed.problem)
  const { rawHeaders, target, body } = signed
  return { ...each.request, url: new URL(each.request.url).origin + target, rawHeaders, body }
}
