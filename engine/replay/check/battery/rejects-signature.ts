import { isCredential } from '#contract/credential.ts'
import type { Scheme } from '#contract/scheme.ts'
import {
  bareSignature,
  changeSignature,
  signatureTextOf,
  withHeaderTwice,
  withoutSignature,
  withSignatureText,
  withValueAt,
} from '#engine/replay/check/edits.ts'
import { signedRequest } from '#engine/replay/check/sign-request.ts'
import { emptySecret, otherSignature } from '#engine/replay/check/wrong-keys.ts'
import type { World } from '#engine/replay/check/world.ts'
import { decodeSignature } from '#engine/signatures/encoding.ts'
import { type Built, fromSigned, oneProbe, type ProbeCase } from './probe-case.ts'

const noSignature = 'There is nothing to change about this signature.'
const strict =
  'Compare the whole of the signature, in the one form that the provider writes, with a comparison in constant time of two values of the same length; refuse everything else.'

/** Everything that can be wrong with a signature. */
export const signatureCases: readonly ProbeCase[] = [
  {
    id: 'rejects.wrong-secret',
    group: 'rejects',
    expects: 'refused',
    title: 'A delivery signed with a wrong secret is refused',
    why: 'Everybody can sign with some secret; yours is what tells the provider from everybody.',
    fix: 'Compute the signature with your secret and compare it with the one that came.',
    build: (world) =>
      oneProbe(world, 'Signed with a secret of nobody', { secret: world.wrongSecret }),
  },
  {
    id: 'rejects.missing-signature',
    group: 'rejects',
    expects: 'refused',
    title: 'A delivery without a signature is refused',
    why: 'Whoever knows the URL can then send what they like. This is the most common hole of all.',
    fix: 'Refuse with 401 when the signature is absent; never verify only “if there is one”.',
    build: (world) =>
      fromSigned(
        world,
        {},
        (request) => [['Without its signature', withoutSignature(world, request)]],
        noSignature,
      ),
  },
  {
    id: 'rejects.empty-signature',
    group: 'rejects',
    expects: 'refused',
    title: 'An empty signature is refused',
    why: 'An empty text is equal to the first nothing of every signature: comparisons up to the shorter length accept it.',
    fix: strict,
    build: emptySignature,
  },
  {
    id: 'rejects.malformed-signature',
    group: 'rejects',
    expects: 'refused',
    title: 'A malformed signature is refused',
    why: 'What cannot be read must not fall through to the code that acts on the event.',
    fix: 'Refuse with 400 or 401 when the signature cannot be taken apart, and catch what your parser throws.',
    build: malformedSignature,
  },
  {
    id: 'rejects.truncated-signature',
    group: 'rejects',
    expects: 'refused',
    title: 'A truncated signature is refused',
    why: 'Where the beginning is enough, so is a beginning of one character, and that can be guessed.',
    fix: strict,
    build: (world) =>
      fromSigned(
        world,
        {},
        (request) => [
          ['Half of the signature', changeSignature(world, request, (text) => half(text))],
          ['Its first character', changeSignature(world, request, (text) => text.slice(0, 1))],
        ],
        noSignature,
      ),
  },
  {
    id: 'rejects.other-encoding',
    group: 'rejects',
    expects: 'refused',
    title: 'The signature in another encoding is refused',
    why: 'The provider writes its signature in one way. A handler that takes several compares something else than it was given, and each further way is one more to get wrong.',
    fix: strict,
    build: otherEncoding,
  },
  {
    id: 'rejects.downgraded-version',
    group: 'rejects',
    expects: 'refused',
    title: 'Only a signature of an outdated version is refused',
    why: 'Versions exist so that weak ones can be dropped. A handler that takes any lets an attacker choose the weakest.',
    fix: 'Take the signatures of the current version only, by its name, and refuse when there is none.',
    build: downgraded,
  },
  {
    id: 'rejects.empty-secret',
    group: 'rejects',
    expects: 'refused',
    title: 'A delivery signed with an empty secret is refused',
    why: 'When the variable with the secret is not set, many handlers go on with an empty one, and everybody can sign with that.',
    fix: 'Do not start without the secret; make `process.env.SECRET ?? ""` an error.',
    build(world) {
      const secret = emptySecret(world)
      if (!secret) return { skipped: `${world.scheme.name} signs with a key pair.` }
      return oneProbe(world, 'Signed with an empty secret', { secret })
    },
  },
  {
    id: 'rejects.two-signature-headers',
    group: 'rejects',
    expects: 'refused',
    title: 'A signature header that comes twice is refused',
    why: 'Proxies, frameworks and your code may each look at another one of the two.',
    fix: 'Refuse a request that has the signature header more than once.',
    allowed: ({ scheme }) =>
      `${scheme.name} allows several signatures, and repeated headers count as one list (RFC 9110 §5.3).`,
    build: twoSignatureHeaders,
  },
]

function half(text: string): string {
  return text.slice(0, Math.floor(text.length / 2))
}

function emptySignature(world: World): Built {
  return fromSigned(
    world,
    {},
    (request) => [
      ['An empty text instead of the signature', withSignatureText(world, request, '')],
      ['Its form with nothing in it', changeSignature(world, request, () => '')],
    ],
    noSignature,
  )
}

function malformedSignature(world: World): Built {
  const texts: readonly (readonly [string, string])[] = [
    ['A signature that is none', 'countersign'],
    ['Separators only', ',=,;=.:,'],
    ['Bytes that are not ASCII', '\u00ff\u00fe\u00e9'],
    ['8,000 characters', 'f'.repeat(8_000)],
  ]
  return fromSigned(
    world,
    {},
    (request) =>
      texts.map(([label, text]) => [label, withSignatureText(world, request, text)] as const),
    noSignature,
  )
}

/** Hex where base64 is due, and the other way round. */
function otherEncoding(world: World): Built {
  const { encoding } = world.scheme.signature
  if (encoding === 'text' || world.scheme.jwt || isCredential(world.scheme)) {
    return { skipped: `${world.scheme.name} has no encoded signature.` }
  }
  const other = encoding === 'hex' || encoding === 'upper-hex' ? 'base64' : 'hex'
  return fromSigned(
    world,
    {},
    (request) => {
      const changed = changeSignature(world, request, (text) => {
        return decodeSignature(text, encoding)?.toString(other) ?? null
      })
      return [[`The right signature in ${other}`, changed]]
    },
    noSignature,
  )
}

function downgraded(world: World): Built {
  const { signature, name } = world.scheme
  const sha1 = signature.prefix === 'sha256=' ? sha1Variant(world.scheme) : null
  if (sha1) return oneProbe(world, 'Only a SHA-1 signature, in the same header', { as: sha1 })
  const { version, pair = '' } = signature
  if (version === undefined) return { skipped: `The signatures of ${name} have no version.` }
  const older = version === 'v0' ? 'v9' : 'v0'
  return fromSigned(
    world,
    {},
    (request) => {
      const text = signatureTextOf(world, request)
      const wrong = otherSignature(world, request)
      const right = bareSignature(world, request)
      if (text === null || wrong === null || right === null) return []
      const renamed = text.replace(`${version}${pair}`, `${older}${pair}`)
      if (renamed === text) return []
      return [
        [`The right signature, called ${older}`, withValueAt(request, signature.place, renamed)],
        [
          `A wrong signature, called ${older}`,
          withValueAt(request, signature.place, renamed.replace(right, wrong)),
        ],
      ]
    },
    `The signatures of ${name} have no version.`,
  )
}

function sha1Variant(scheme: Scheme): Scheme {
  return {
    ...scheme,
    algorithm: 'hmac-sha1',
    signature: { ...scheme.signature, prefix: 'sha1=' },
  }
}

function twoSignatureHeaders(world: World): Built {
  const { place } = world.scheme.signature
  if (!('header' in place)) {
    return { skipped: `${world.scheme.name} has its signature in the body.` }
  }
  const header = place.header.toLowerCase()
  const own = signedRequest(world)
  const wrong = signedRequest(world, { secret: world.wrongSecret })
  const wrongText = 'problem' in wrong ? null : signatureTextOf(world, wrong)
  const right = 'problem' in own ? null : signatureTextOf(world, own)
  if ('problem' in own || wrongText === null || right === null) return { skipped: noSignature }
  return [
    {
      label: 'A wrong one, then the right one',
      request: withHeaderTwice(own, header, [wrongText, right]),
    },
    {
      label: 'The right one, then a wrong one',
      request: withHeaderTwice(own, header, [right, wrongText]),
    },
  ]
}
