import type { DiagnosisCode } from '#contract/diagnosis.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { DiagnosisContext, OtherSecret } from '#engine/signatures/diagnosis/types.ts'
import { secretTextFor, settingsOf, SIGNED_AT_MS } from '#engine/signatures/made-request.ts'
import { prepareSecret, prepareSecrets } from '#engine/signatures/secret.ts'
import { sign } from '#engine/signatures/sign.ts'
import { sampleRequest } from '#engine/signatures/sample.ts'
import type { PreparedSecret, RequestHead, Settings } from '#engine/signatures/types.ts'
import { verify } from '#engine/signatures/verify.ts'
import { enrich, form, written } from './bodies.ts'
import type { Random } from './random.ts'

/** A delivery in the making: how it is signed, and how it comes and is judged. */
export interface Plan {
  /** What the endpoint is set to. */
  scheme: Scheme
  signScheme: Scheme
  signSecret: PreparedSecret
  storedText: string
  signSettings: Settings
  storedSettings: Settings
  head: RequestHead
  body: Uint8Array
  /** In order, after signing. */
  onTheWay: ((delivery: Delivery) => Delivery)[]
  atMs: number
  others: OtherSecret[]
  recentSkews: number[]
  /** The kind of the body. */
  kind: 'json' | 'form'
}

export interface Delivery {
  head: RequestHead
  body: Uint8Array
}

/** Something that goes wrong; `null`: it cannot with this scheme. */
export interface Mutation {
  code: DiagnosisCode
  name: string
  apply(plan: Plan, random: Random): Plan | null
}

export interface Case {
  codes: DiagnosisCode[]
  name: string
  context: DiagnosisContext
  body: Uint8Array
}

export function textFor(scheme: Scheme, name: string): string {
  const text = secretTextFor(scheme, name)
  const own = scheme.key === 'utf8' && scheme.secretPrefix ? scheme.secretPrefix : ''
  return own + text
}

export function prepared(scheme: Scheme, text: string, settings: Settings): PreparedSecret | null {
  const made = prepareSecret(scheme, { id: 1, name: 'signing', text }, settings)
  return 'prepared' in made ? (made.prepared[0] ?? null) : null
}

/** A right delivery of a scheme with a body of its own. */
export function planFor(scheme: Scheme, random: Random, byteLength = 0): Plan | null {
  const storedText = textFor(scheme, 'live key')
  const settings = settingsOf(scheme)
  const signSecret = prepared(scheme, storedText, settings)
  if (!signSecret) return null
  const sample = sampleRequest(scheme)
  const isForm = typeof scheme.sample.body === 'string'
  const free = scheme.content.includes('{body}') && random.below(8) === 0 && isFree(scheme)
  const text = isForm
    ? scheme.sample.body
    : free
      ? form(random)
      : written(enrich(scheme.sample.body, random, byteLength), random)
  const rawHeaders: [string, string][] = [
    ['Host', 'hooks.example.test'],
    ...sample.rawHeaders.map(([name, value]): [string, string] => [name, value]),
  ]
  return {
    ...{ scheme, signScheme: scheme, signSecret, storedText },
    signSettings: settings,
    storedSettings: settings,
    head: { method: sample.method, target: `/in${sample.targetSuffix}`, rawHeaders },
    body: Buffer.from(typeof text === 'string' ? text : ''),
    onTheWay: [],
    atMs: SIGNED_AT_MS + 1500,
    others: [],
    recentSkews: [],
    kind: isForm || free ? 'form' : 'json',
  }
}

/** Nothing that the scheme reads stands in the body. */
function isFree(scheme: Scheme): boolean {
  return (
    'header' in scheme.signature.place &&
    !scheme.content.includes('json') &&
    (!scheme.timestamp || !('json' in scheme.timestamp.place))
  )
}

/** The delivery signed, sent through what goes wrong; `null`: it is valid after all, or cannot be. */
export function caseOf(
  plan: Plan,
  codes: DiagnosisCode[],
  name: string,
  clock: () => number,
): Case | null {
  const { signScheme, signSecret, signSettings, head, body } = plan
  const signed = sign({
    ...{ scheme: signScheme, secret: signSecret, settings: signSettings, head, body },
    timestampMs: SIGNED_AT_MS,
    messageId: null,
  })
  if ('problem' in signed) return null
  let delivery: Delivery = {
    head: { method: head.method, target: signed.target, rawHeaders: signed.rawHeaders },
    body: signed.body,
  }
  for (const step of plan.onTheWay) delivery = step(delivery)
  const context = contextOf(plan, delivery, clock)
  const bytes = delivery.body
  const { verdict } = verify(context, { byteLength: bytes.byteLength, chunks: () => [bytes] })
  if (verdict === 'valid' || verdict === 'challenge') return null
  return { codes, name: `${plan.scheme.id}: ${name}`, context, body: bytes }
}

function contextOf(plan: Plan, { head }: Delivery, clock: () => number): DiagnosisContext {
  const stored = [{ id: 7, name: 'live key', text: plan.storedText }]
  return {
    head,
    scheme: plan.scheme,
    ...prepareSecrets(plan.scheme, stored, plan.storedSettings),
    storedSecrets: stored,
    otherSecrets: plan.others,
    recentSkews: plan.recentSkews,
    lockedSecrets: false,
    settings: plan.storedSettings,
    atMs: plan.atMs,
    tolerance: null,
    incomplete: null,
    clock,
  }
}
