import type { SchemeProblem } from '#contract/own-scheme.ts'
import type { Place } from '#contract/scheme-parts.ts'
import type { Scheme } from '#contract/scheme.ts'

/** A field name of HTTP: a token (RFC 9110, section 5.6.2). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** What a header may hold and we can write: no control characters (RFC 9110, section 5.5). */
// oxlint-disable-next-line no-control-regex -- these are what must not be there
const FIELD_VALUE = /^[^\x00-\x08\x0a-\x1f\x7f]*$/

/** Names that no header can have, and places that this scheme does not have. */
export function placeProblems(scheme: Scheme): SchemeProblem[] {
  const { signature, timestamp, messageId, eventType, bodyHash, recognition } = scheme
  const places: [path: string, place: Place][] = [['signature.place', signature.place]]
  if (timestamp) places.push(['timestamp.place', timestamp.place])
  if (messageId) places.push(['messageId', messageId])
  if (bodyHash) places.push(['bodyHash.place', bodyHash.place])
  eventType.forEach((place, index) => places.push([`eventType[${index}]`, place]))
  return [
    ...places.flatMap(([path, place]) => placeProblem(path, place, scheme)),
    ...names('signature.further', signature.further),
    ...names('recognition.headers', recognition.headers),
    ...names('recognition.certainWith', recognition.certainWith),
    ...headers('recognition.headerValues', recognition.headerValues),
    ...headers('requiredHeaders', scheme.requiredHeaders),
    ...headers('sample.headers', scheme.sample.headers),
    ...names('sample.method', [scheme.sample.method], () => 'sample.method'),
  ]
}

function placeProblem(path: string, place: Place, scheme: Scheme): SchemeProblem[] {
  if ('parts' in place) {
    return place.parts.flatMap((part, index) =>
      placeProblem(`${path}.parts[${index}]`, part, scheme),
    )
  }
  if ('header' in place) {
    return [
      ...names(`${path}.header`, [place.header], (at) => at),
      ...names(`${path}.also`, place.also),
    ]
  }
  if ('field' in place && !scheme.signature.list && !scheme.content.startsWith('special:')) {
    const sentence =
      'An entry of the signature header needs “list” in the signature, what separates entries.'
    return [{ path: `${path}.field`, sentence }]
  }
  if ('claim' in place && !scheme.jwt) {
    return [
      { path: `${path}.claim`, sentence: 'Claims stand in a JWT, which this scheme has not.' },
    ]
  }
  return []
}

function names(
  path: string,
  all: readonly string[] = [],
  at = (base: string, index: number) => `${base}[${index}]`,
): SchemeProblem[] {
  return all.flatMap((name, index) =>
    TOKEN.test(name) ? [] : [{ path: at(path, index), sentence: illegalName(name) }],
  )
}

export function isHeaderName(name: string): boolean {
  return TOKEN.test(name)
}

function headers(path: string, all: readonly (readonly [string, string])[] = []): SchemeProblem[] {
  return all.flatMap(([name, value], index) => {
    if (!TOKEN.test(name)) return [{ path: `${path}[${index}]`, sentence: illegalName(name) }]
    if (FIELD_VALUE.test(value)) return []
    const sentence = `The value of ${name} has line breaks or control characters. Take them away.`
    return [{ path: `${path}[${index}]`, sentence }]
  })
}

function illegalName(name: string): string {
  return `No header or method can be called ${JSON.stringify(name).slice(0, 80)}. Use letters, digits and hyphens.`
}
