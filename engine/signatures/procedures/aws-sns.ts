import type { Algorithm } from '#contract/scheme.ts'
import type { Part } from '#engine/signatures/claims.ts'
import { setJsonString } from '#engine/signatures/json-edit.ts'
import { scalarText, valueAt } from '#engine/signatures/place.ts'
import type { Procedure } from './procedure.ts'

const NOTIFICATION = [
  'Message',
  'MessageId',
  'Subject',
  'SubscribeURL',
  'Timestamp',
  'TopicArn',
  'Type',
]
const SUBSCRIPTION = [
  'Message',
  'MessageId',
  'Subject',
  'SubscribeURL',
  'Timestamp',
  'Token',
  'TopicArn',
  'Type',
]

/** Without one of these another text could pass for it: nothing ends a value but a line feed. */
const NEEDED = ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'SigningCertURL']
const NEEDED_TO_SUBSCRIBE = [...NEEDED, 'SubscribeURL', 'Token']
/** Of sns-validator, index.js: anybody can sign with a certificate that stands elsewhere. */
const CERTIFICATE_URL = /^https:\/\/sns\.[a-zA-Z0-9-]{3,}\.amazonaws\.com(?:\.cn)?\/[^?#\s]*\.pem$/

/**
 * Amazon SNS: `Name\nvalue\n` of fixed members of the message that are there. SignatureVersion 1 is
 * RSA with SHA-1, 2 with SHA-256. Source: sns-validator, index.js.
 */
export const awsSns: Procedure = {
  readsBody: true,
  claims({ reading, body }) {
    const message = body?.json?.value
    const algorithm = algorithmOf(message)
    if (algorithm === null) {
      const sentence = 'The message’s `SignatureVersion` is neither 1 nor 2.'
      return { code: 'signature-unreadable', sentence }
    }
    const problem = messageProblem(message)
    if (problem !== null) return { code: 'signed-part-missing', sentence: problem }
    const { signatures } = reading.header
    return [{ signatures, contents: [contentOf(message)], algorithm }]
  },
  write({ body }, signatureOver) {
    const message = body?.json?.value
    const algorithm = algorithmOf(message)
    if (algorithm === null)
      return { problem: 'The message’s `SignatureVersion` is neither 1 nor 2.' }
    const signature = signatureOver(contentOf(message), algorithm)
    const text = setJsonString(body?.text ?? '', 'Signature', signature)
    return text === null
      ? { problem: 'The message has no `Signature` to write to.' }
      : { body: Buffer.from(text) }
  },
}

/** What no receiver may take for a message of SNS, in one sentence; `null`: nothing. */
function messageProblem(message: unknown): string | null {
  const type = valueAt(message, 'Type')
  const isSubscription = type === 'SubscriptionConfirmation' || type === 'UnsubscribeConfirmation'
  if (type !== 'Notification' && !isSubscription) return 'The message’s `Type` is none of SNS.'
  const needed = isSubscription ? NEEDED_TO_SUBSCRIBE : NEEDED
  const absent = needed.find((name) => scalarText(valueAt(message, name)) === null)
  if (absent !== undefined) return `The message has no \`${absent}\`.`
  const url = scalarText(valueAt(message, 'SigningCertURL')) ?? ''
  return CERTIFICATE_URL.test(url)
    ? null
    : 'The message’s `SigningCertURL` is no address of SNS: that certificate may be anybody’s.'
}

function algorithmOf(message: unknown): Algorithm | null {
  const version = valueAt(message, 'SignatureVersion')
  return version === '1' ? 'rsa-sha1' : version === '2' ? 'rsa-sha256' : null
}

function contentOf(message: unknown): Part[] {
  const names = valueAt(message, 'Type') === 'Notification' ? NOTIFICATION : SUBSCRIPTION
  return names.flatMap((name): Part[] => {
    const value = scalarText(valueAt(message, name))
    return value === null ? [] : [{ kind: 'json', from: name, text: `${name}\n${value}\n` }]
  })
}
