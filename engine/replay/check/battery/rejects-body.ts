import { isCredential } from '#contract/credential.ts'
import { withByteChanged, withDuplicateKey, withMark } from '#engine/replay/check/bodies.ts'
import { bareSignature, changeSignature, withValueAt } from '#engine/replay/check/edits.ts'
import { opinionOf } from '#engine/replay/check/oracle.ts'
import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import { signedRequest, withBody } from '#engine/replay/check/sign-request.ts'
import type { World } from '#engine/replay/check/world.ts'
import { type Built, fromSigned, type ProbeCase, probesOf } from './probe-case.ts'

const overRaw =
  'Compute the signature over the raw bytes of the body and compare it before anything is parsed; take the event from those same bytes.'

/** What somebody on the way could have changed. */
export const bodyCases: readonly ProbeCase[] = [
  {
    id: 'rejects.tampered-byte',
    group: 'rejects',
    expects: 'refused',
    title: 'A body with one byte changed is refused',
    why: 'This is what a signature is for: whoever can change one digit of an amount or one letter of an account has changed everything.',
    fix: overRaw,
    build: (world) =>
      tampered(world, 'One byte of the body changed', (body) => withByteChanged(body)),
  },
  {
    id: 'rejects.appended-bytes',
    group: 'rejects',
    expects: 'refused',
    title: 'A body with bytes appended is refused',
    why: 'Who can append can add what your parser takes for the event. A handler that misses a line break at the end checks something else than what came.',
    fix: overRaw,
    allowed: notCovered,
    build: (world) =>
      fromSigned(
        world,
        {},
        (request) => [
          ['A line break appended', appended(request, '\n')],
          ['A letter appended', appended(request, 'x')],
        ],
        'Nothing can be appended.',
      ),
  },
  {
    id: 'rejects.duplicate-key',
    group: 'rejects',
    expects: 'refused',
    title: 'A body with a JSON key duplicated is refused',
    why: 'Of two members of one name parsers take the first or the last. A check over the parsed body sees the signed one while the code behind it may see the other.',
    fix: overRaw,
    build: (world) => tampered(world, 'A member of the body put in twice', withDuplicateKey),
  },
  {
    id: 'rejects.tampered-id',
    group: 'rejects',
    expects: 'refused',
    title: 'A delivery with another message id is refused',
    why: 'Handlers know duplicates by the message id. Where it can be changed, a captured delivery counts once more each time it is sent.',
    fix: 'Put the message id into the signed content, in front of the timestamp and the body, as the provider does.',
    allowed: ({ scheme }) => `${scheme.name} does not sign the message id.`,
    build: tamperedId,
  },
  {
    id: 'rejects.other-signature',
    group: 'rejects',
    expects: 'refused',
    title: 'The signature of another message is refused',
    why: 'A handler that only looks whether there is a signature that was once right lets everybody reuse one.',
    fix: 'Compute the signature of this very request and compare the whole of it.',
    allowed: ({ scheme }) => `${scheme.name} sends the same with every message.`,
    build: signatureOfAnother,
  },
]

function appended(request: OutgoingRequest, text: string): OutgoingRequest {
  return withBody(request, Buffer.concat([request.body, Buffer.from(text)]))
}

/** The first of the bodies that breaks the signature: not every byte is signed everywhere. */
function tampered(
  world: World,
  label: string,
  bodies: (body: Uint8Array) => readonly Uint8Array[],
): Built {
  const request = signedRequest(world)
  if ('problem' in request) return { skipped: request.problem }
  for (const body of bodies(request.body)) {
    const changed = withBody(request, body)
    if (opinionOf(world, changed).verdict === 'invalid') return [{ label, request: changed }]
  }
  return { skipped: notCovered(world) }
}

function notCovered({ scheme }: World): string {
  if (isCredential(scheme)) return `${scheme.name} sends a token and signs nothing of the body.`
  return `${scheme.name} signs only a part of the body, which this leaves as it is.`
}

function tamperedId(world: World): Built {
  const { messageId, name } = world.scheme
  if (!messageId) return { skipped: `${name} has no message id.` }
  if (!('header' in messageId)) {
    return { skipped: `${name} keeps the message id in what was tampered with above.` }
  }
  const other = signedRequest(world)
  if ('problem' in other) return { skipped: other.problem }
  return fromSigned(
    world,
    {},
    (request) => {
      const changed = withValueAt(request, messageId, 'countersign-check-another-id')
      return [['Another message id than the one that was signed', changed]]
    },
    `${name} does not sign the message id.`,
  )
}

function signatureOfAnother(world: World): Built {
  if (isCredential(world.scheme)) {
    return { skipped: `${world.scheme.name} sends the same token with every message.` }
  }
  const other = signedRequest(world, { body: withMark('another message') })
  const own = 'problem' in other ? signedRequest(world, { skewSeconds: -1 }) : other
  const signature = 'problem' in own ? null : bareSignature(world, own)
  const request = signedRequest(world)
  if (signature === null || 'problem' in request) {
    return { skipped: 'There is no signature to take over.' }
  }
  const changed = changeSignature(world, request, () => signature)
  return probesOf([['With the signature of another message', changed]])
}
