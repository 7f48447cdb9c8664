import type { RawHeader } from '#contract/http.ts'
import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import {
  withEscapedSlashes,
  withLength,
  withOddWhitespace,
  withUnicode,
} from '#engine/replay/check/bodies.ts'
import { signatureTextOf, withValueAt } from '#engine/replay/check/edits.ts'
import { type Made, signedRequest } from '#engine/replay/check/sign-request.ts'
import { otherSignature } from '#engine/replay/check/wrong-keys.ts'
import type { World } from '#engine/replay/check/world.ts'
import { type Built, oneProbe, probesOf, type ProbeCase } from './probe-case.ts'

const MIB = 1024 * 1024
const rawBody =
  'Verify over the raw bytes of the body, as they came, before anything parses them: `express.raw({ type: "*/*" })`, `await request.text()`, `request.get_data()`; never over `JSON.stringify(request.body)`.'

/** The first of all: without it nothing else says anything. */
const validCase: ProbeCase = {
  id: 'accepts.valid',
  group: 'accepts',
  expects: 'accepted',
  title: 'A valid delivery is accepted',
  why: 'Everything else is compared with this: a handler that refuses what is right proves nothing by refusing what is wrong.',
  fix: 'Give the handler the same secret, and verify over the raw body.',
  build: (world) => oneProbe(world, 'A valid delivery'),
}

export const acceptCases: readonly ProbeCase[] = [
  validCase,
  {
    id: 'accepts.second-secret',
    group: 'accepts',
    expects: 'accepted',
    title: 'A delivery signed with the second secret is accepted',
    why: 'While a secret is rotated the provider signs with the old one or the new one; a handler that knows only one loses deliveries.',
    fix: 'Keep both secrets for as long as the rotation lasts and accept a signature that any of them makes.',
    build(world) {
      const [, second] = world.signers
      if (!second) return { skipped: 'Only one secret was given; give a second one to try this.' }
      return oneProbe(world, 'Signed with the second secret', { secret: second })
    },
  },
  {
    id: 'accepts.several-signatures',
    group: 'accepts',
    expects: 'accepted',
    title: 'Of several signatures one that is right is enough',
    why: 'Providers send one signature for each secret while a secret is rotated. A handler that looks at the first only refuses every delivery of that time.',
    fix: 'Take the header apart and accept the delivery when any of its signatures of the current version is right.',
    build: severalSignatures,
  },
  {
    id: 'accepts.unicode',
    group: 'accepts',
    expects: 'accepted',
    title: 'A body with characters beyond ASCII is accepted',
    why: 'The signature covers bytes. Reading them in another encoding, or writing escapes anew, gives other bytes and refuses names like Zoë.',
    fix: rawBody,
    build: (world) => oneProbe(world, 'A body with Zoë, 日本 and 🎉', { body: withUnicode }),
  },
  {
    id: 'accepts.odd-whitespace',
    group: 'accepts',
    expects: 'accepted',
    title: 'A body with odd whitespace is accepted',
    why: 'JSON may be written with blanks and line breaks. Parsing and writing it again loses them, and with them the signature.',
    fix: rawBody,
    build: (world) =>
      oneProbe(world, 'A body with tabs and both kinds of line breaks', {
        body: withOddWhitespace,
      }),
  },
  {
    id: 'accepts.escaped-slashes',
    group: 'accepts',
    expects: 'accepted',
    title: 'A body with escaped slashes is accepted',
    why: 'Some senders write `\\/` for `/`, as PHP does; JSON allows it. Parsing and writing it again turns it into `/`, and the signature no longer fits.',
    fix: rawBody,
    build: (world) => oneProbe(world, 'A body with https:\\/\\/', { body: withEscapedSlashes }),
  },
  {
    id: 'accepts.large-body',
    group: 'accepts',
    expects: 'accepted',
    title: 'A body of 1 MiB is accepted',
    why: 'Providers send large events, and many frameworks stop at 100 kB without saying so: such a delivery is refused for ever.',
    fix: 'Raise the limit of the body parser: `express.raw({ type: "*/*", limit: "2mb" })`, `client_max_body_size 2m` in nginx.',
    build: (world) =>
      oneProbe(world, 'A body of 1 MiB', {
        // A signature that stands in the body makes it longer.
        body: (body) =>
          withLength(body, 'header' in world.scheme.signature.place ? MIB : MIB - 2048),
      }),
  },
  {
    id: 'accepts.header-case',
    group: 'accepts',
    expects: 'accepted',
    title: 'Header names in another case are accepted',
    why: 'Header names have no case (RFC 9110 §5.1), and proxies and HTTP/2 write them in lower case.',
    fix: 'Look headers up without regard to case, through the framework rather than in a list of your own.',
    build: (world) =>
      probesOf([
        ['All header names in lower case', renamed(world, (name) => name.toLowerCase())],
        ['All header names in upper case', renamed(world, (name) => name.toUpperCase())],
      ]),
  },
  {
    id: 'accepts.unknown-headers',
    group: 'accepts',
    expects: 'accepted',
    title: 'Further headers that nobody knows are accepted',
    why: 'Providers and proxies add headers without notice.',
    fix: 'Look up the headers that you need, and ignore all others.',
    build: (world) =>
      oneProbe(world, 'With headers of no meaning', {
        headers: [
          ['X-Countersign-Check', 'unknown'],
          ['Traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
          ['X-Forwarded-For', '203.0.113.7'],
        ],
      }),
  },
  {
    id: 'accepts.unknown-event',
    group: 'accepts',
    expects: 'accepted',
    title: 'An event type that nobody knows is accepted',
    why: 'Providers add event types. A handler that fails on one is sent it again and again, and some providers then switch the endpoint off.',
    fix: 'Answer 200 to a signed event that you have no use for, and do nothing else.',
    build: unknownEvent,
  },
]

function renamed(world: World, rename: (name: string) => string): Made {
  const request = signedRequest(world)
  if ('problem' in request) return request
  const rawHeaders = request.rawHeaders.map(([name, value]): RawHeader => [rename(name), value])
  return { ...request, rawHeaders }
}

/** Only where the scheme's header can hold several of one version, or may be repeated. */
function severalSignatures(world: World): Built {
  const { signature, name } = world.scheme
  if (signature.list === undefined || signature.version === undefined) {
    return { skipped: `${name} sends one signature only.` }
  }
  return probesOf([
    ['A wrong signature, then the right one', withSecondSignature(world, 'before')],
    ['The right signature, then a wrong one', withSecondSignature(world, 'after')],
  ])
}

/** Each is a message of its own: a handler may know its duplicates. */
function withSecondSignature(world: World, where: 'before' | 'after'): Made | null {
  const { place, list = '', pair = '', version = '' } = world.scheme.signature
  const request = signedRequest(world)
  if ('problem' in request) return request
  const text = signatureTextOf(world, request)
  const wrong = otherSignature(world, request)
  const at = text === null ? -1 : text.lastIndexOf(`${version}${pair}`)
  if (text === null || wrong === null || at === -1) return null
  const entry = `${version}${pair}${wrong}`
  const both =
    where === 'after' ? text + list + entry : text.slice(0, at) + entry + list + text.slice(at)
  return withValueAt(request, place, both)
}

const UNKNOWN = 'countersign.unknown_event'

function unknownEvent(world: World): Built {
  const { eventType, name } = world.scheme
  const places = eventType.filter((place) => 'header' in place || 'json' in place)
  for (const place of places) {
    const made = signedRequest(world, {
      before(request) {
        const edited = withValueAt(request, place, UNKNOWN)
        return edited && differs(edited, request) ? edited : null
      },
    })
    if (!('problem' in made)) return [{ label: `Of the type ${UNKNOWN}`, request: made }]
  }
  return { skipped: `${name} says nothing of an event type that could be changed.` }
}

function differs(one: OutgoingRequest, other: OutgoingRequest): boolean {
  return (
    one.body !== other.body || JSON.stringify(one.rawHeaders) !== JSON.stringify(other.rawHeaders)
  )
}
