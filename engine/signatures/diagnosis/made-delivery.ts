import type { Diagnosis } from '#contract/diagnosis.ts'
import type { Scheme } from '#contract/scheme.ts'
import {
  contextOf,
  makeRequest,
  SIGNED_AT_MS,
  type MadeRequest,
} from '#engine/signatures/made-request.ts'
import { prepareSecret, prepareSecrets } from '#engine/signatures/secret.ts'
import { sign } from '#engine/signatures/sign.ts'
import type { RequestHead, Secret } from '#engine/signatures/types.ts'
import { diagnose } from './diagnose.ts'
import type { DiagnosisContext, OtherSecret } from './types.ts'

/** What differs from a rightly signed delivery, for a test. */
export interface Wrong {
  /** Signed with this scheme instead. */
  signScheme?: Scheme
  /** Signed with this secret text instead. */
  signText?: string
  storedText?: string
  signedBody?: string | Uint8Array
  body?: string | Uint8Array
  head?: (head: RequestHead) => RequestHead
  atMs?: number
  others?: OtherSecret[]
  recentSkews?: number[]
  settings?: Record<string, string>
  budgetMs?: number
}

/** A delivery of a scheme with something wrong, diagnosed with time to spare. */
export function diagnosed(id: string, wrong: Wrong = {}): Diagnosis {
  const made = signedWith(makeRequest(id), wrong)
  const text = wrong.storedText ?? made.secret.text
  const stored: Secret[] = [{ id: 7, name: 'live key', text }]
  const settings = wrong.settings ?? made.settings
  const body = wrong.body === undefined ? made.body : Buffer.from(wrong.body)
  const context: DiagnosisContext = {
    ...contextOf(made, { settings, atMs: wrong.atMs ?? SIGNED_AT_MS + 1000 }),
    ...prepareSecrets(made.scheme, stored, settings),
    head: (wrong.head ?? ((head) => head))(made.head),
    storedSecrets: stored,
    otherSecrets: wrong.others ?? [],
    recentSkews: wrong.recentSkews ?? [],
    budgetMs: wrong.budgetMs ?? 4000,
    clock: () => performance.now(),
  }
  return diagnose(context, { byteLength: body.byteLength, chunks: () => [body] })
}

function signedWith(made: MadeRequest, { signScheme, signText, signedBody }: Wrong): MadeRequest {
  const scheme = signScheme ?? made.scheme
  const { settings } = made
  const prepared = prepareSecret(
    scheme,
    { id: 7, name: 'live key', text: signText ?? made.secret.text },
    settings,
  )
  if ('problem' in prepared) throw new Error(prepared.problem)
  const [secret] = prepared.prepared
  if (!secret) throw new Error('A prepared secret has at least one key.')
  const body = signedBody === undefined ? made.body : Buffer.from(signedBody)
  const signed = sign({
    ...{ scheme, secret, settings, head: made.head, body, messageId: null },
    timestampMs: SIGNED_AT_MS,
  })
  if ('problem' in signed) throw new Error(signed.problem)
  const { rawHeaders, target } = signed
  return { ...made, head: { ...made.head, rawHeaders, target }, body: signed.body }
}
