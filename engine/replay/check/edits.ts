import type { RawHeader } from '#contract/http.ts'
import type { Place } from '#contract/scheme-parts.ts'
import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import { compile } from '#engine/signatures/compile.ts'
import { setJson } from '#engine/signatures/json-edit.ts'
import { readRequest, type Reading } from '#engine/signatures/reading.ts'
import { WholeBody } from '#engine/signatures/whole-body.ts'
import { writeAt } from '#engine/signatures/write-at.ts'
import { withBody } from './sign-request.ts'
import type { World } from './world.ts'

/** What a request says, read with the scheme of the check. */
export function readingOf({ scheme }: World, request: OutgoingRequest): Reading {
  return readRequest(compile(scheme), request, new WholeBody(request.body))
}

/** Header names, in lower case, in which the scheme keeps its signature. */
export function signatureHeaders({ scheme }: World): ReadonlySet<string> {
  const compiled = compile(scheme)
  return new Set([...compiled.signatureNames, ...compiled.furtherNames])
}

/** The request with another text where the signature stands; `null`: it cannot be written there. */
export function withSignatureText(
  world: World,
  request: OutgoingRequest,
  text: string,
): OutgoingRequest | null {
  return withValueAt(request, world.scheme.signature.place, text)
}

/** What comes of each signature that stands in the request. */
export function changeSignature(
  world: World,
  request: OutgoingRequest,
  change: (signature: string) => string | null,
): OutgoingRequest | null {
  const whole = signatureTextOf(world, request)
  const signature = bareSignature(world, request)
  if (whole === null || signature === null) return null
  const changed = change(signature)
  if (changed === null || changed === signature) return null
  return withSignatureText(world, request, whole.split(signature).join(changed))
}

/** The signature alone, without its prefix and the entries beside it. */
export function bareSignature(world: World, request: OutgoingRequest): string | null {
  const { header, signatureText } = readingOf(world, request)
  const known = header.signatures.find((each) => each.known)?.text
  if (known === undefined || signatureText === null) return null
  // Of `:base64:` and `name|hex`, what procedures take apart themselves, the last long run counts.
  const bare = /[A-Za-z0-9+/_.-]{16,}=*(?=:?$)/.exec(known)?.[0]
  return world.scheme.content.startsWith('special:') ? (bare ?? known) : known
}

export function signatureTextOf(world: World, request: OutgoingRequest): string | null {
  return readingOf(world, request).signatureText
}

export function withValueAt(
  request: OutgoingRequest,
  place: Place,
  value: string,
): OutgoingRequest | null {
  const { target, body } = request
  const rawHeaders = request.rawHeaders.map(([name, old]): RawHeader => [name, old])
  const written = writeAt({ rawHeaders, target, body, family: 0 }, place, value)
  if ('problem' in written) return null
  const changed = { ...request, rawHeaders: written.rawHeaders, target: written.target }
  return written.body === body ? changed : withBody(changed, written.body)
}

/** The request without its signature; `null`: it cannot be taken away. */
export function withoutSignature(world: World, request: OutgoingRequest): OutgoingRequest | null {
  const { place } = world.scheme.signature
  if ('header' in place) {
    const names = signatureHeaders(world)
    const rawHeaders = request.rawHeaders.filter(([name]) => !names.has(name.toLowerCase()))
    return { ...request, rawHeaders }
  }
  const text = Buffer.from(request.body).toString('utf8')
  const edited =
    'json' in place ? setJson(text, place.json, 'null') : withoutField(text, place.form)
  return edited === null ? null : withBody(request, Buffer.from(edited))
}

function withoutField(text: string, name: string): string {
  const own = `${encodeURIComponent(name)}=`
  return text
    .split('&')
    .filter((pair) => !pair.startsWith(own))
    .join('&')
}

/** Two header lines instead of the one of that name. */
export function withHeaderTwice(
  request: OutgoingRequest,
  lowerName: string,
  values: readonly [string, string],
): OutgoingRequest {
  const rawHeaders = request.rawHeaders.flatMap(([name, value]): RawHeader[] =>
    name.toLowerCase() === lowerName
      ? [
          [name, values[0]],
          [name, values[1]],
        ]
      : [[name, value]],
  )
  return { ...request, rawHeaders }
}

/** Another timestamp in the place of the one that was signed; `null`: it cannot be put there. */
export function withTimestamp(
  world: World,
  request: OutgoingRequest,
  text: string,
): OutgoingRequest | null {
  const { timestamp } = world.scheme
  const before = readingOf(world, request).timestampText
  if (!timestamp || before === null || before === text) return null
  const { place } = timestamp
  if ('claim' in place || 'parts' in place) return null
  if (!('field' in place)) return withValueAt(request, place, text)
  let replaced = false
  const rawHeaders = request.rawHeaders.map(([name, value]): RawHeader => {
    const isPlace = signatureHeaders(world).has(name.toLowerCase()) || /-input$/i.test(name)
    if (replaced || !isPlace || !value.includes(before)) return [name, value]
    replaced = true
    return [name, value.replace(fieldBefore(before), (_, start: string) => start + text)]
  })
  return replaced ? { ...request, rawHeaders } : null
}

/** The timestamp where an entry begins: after the start, a separator or an equals sign. */
function fieldBefore(text: string): RegExp {
  return new RegExp(`(^|[=,;: ])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
}
