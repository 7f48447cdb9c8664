import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import {
  readingOf,
  withHeaderTwice,
  withTimestamp,
  withValueAt,
} from '#engine/replay/check/edits.ts'
import { signedRequest } from '#engine/replay/check/sign-request.ts'
import type { World } from '#engine/replay/check/world.ts'
import { formatTimestamp } from '#engine/signatures/timestamp.ts'
import { type Built, fromSigned, oneProbe, type ProbeCase, probesOf } from './probe-case.ts'

const DAY = 86_400
const window =
  'Refuse when the signed timestamp is further from your clock than the tolerance, on either side: `Math.abs(now - timestamp) > 300`.'

/** What is wrong with the moment of signing. */
export const timeCases: readonly ProbeCase[] = [
  {
    id: 'rejects.tampered-timestamp',
    group: 'rejects',
    expects: 'refused',
    title: 'A delivery with another timestamp is refused',
    why: 'Who can set the timestamp of a captured delivery can send it again for ever.',
    fix: 'Put the timestamp, as the text that came, into the signed content, as the provider does.',
    allowed: ({ scheme }) => `${scheme.name} does not sign the timestamp.`,
    build: tamperedTimestamp,
  },
  {
    id: 'rejects.too-old',
    group: 'rejects',
    expects: 'refused',
    title: 'A timestamp that is too old is refused',
    why: 'A captured delivery has a right signature. Only its age tells that it is sent again, by somebody else.',
    fix: window,
    allowed: ({ scheme }) => `${scheme.name} documents no limit for the age of a timestamp.`,
    build(world) {
      const past = world.scheme.tolerance?.pastSeconds ?? DAY
      return signedAt(world, -(past + 120))
    },
  },
  {
    id: 'rejects.too-far-ahead',
    group: 'rejects',
    expects: 'refused',
    title: 'A timestamp that lies too far ahead is refused',
    why: 'With a moment in the future a delivery stays fresh for as long as its sender likes.',
    fix: window,
    allowed: ({ scheme }) => `${scheme.name} documents no limit for timestamps in the future.`,
    build(world) {
      const future = world.scheme.tolerance?.futureSeconds ?? DAY
      return signedAt(world, future + 120)
    },
  },
  {
    id: 'rejects.timestamp-not-a-number',
    group: 'rejects',
    expects: 'refused',
    title: 'A timestamp that cannot be read is refused',
    why: 'In most languages no comparison with “not a number” is true, so `age > 300` is false and the check is passed.',
    fix: 'Read the timestamp strictly (`/^\\d+$/`) and refuse what is not one, before its age is computed.',
    build(world) {
      const { tolerance, name } = world.scheme
      if (world.scheme.timestamp && !tolerance) {
        return {
          skipped: `${name} documents no limit for its age, so a receiver need not read it.`,
        }
      }
      return withTexts(world, [['A word instead of a timestamp', 'soon']])
    },
  },
  {
    id: 'rejects.timestamp-unit',
    group: 'rejects',
    expects: 'refused',
    title: 'A timestamp in the other unit is refused',
    why: 'Milliseconds read as seconds lie 50,000 years ahead, seconds read as milliseconds in 1970. A check of one side only lets one of them pass for ever.',
    fix: window,
    allowed: ({ scheme }) =>
      `${scheme.name} documents no limit that a timestamp in another unit would be outside of.`,
    build: otherUnit,
  },
  {
    id: 'rejects.two-timestamps',
    group: 'rejects',
    expects: 'refused',
    title: 'Two timestamps that contradict each other are refused',
    why: 'A captured delivery gets a second, fresh timestamp. A handler that signs with one of them and reads the age from the other accepts it.',
    fix: 'Refuse a request that has the timestamp more than once, and take both the age and the signed content from the same value.',
    allowed: ({ scheme }) => `${scheme.name} does not sign the timestamp.`,
    build: twoTimestamps,
  },
]

function none({ scheme }: World): { skipped: string } {
  return { skipped: `${scheme.name} signs no timestamp.` }
}

function hasTime({ scheme }: World): boolean {
  return scheme.timestamp !== null || scheme.jwt !== undefined
}

function signedAt(world: World, skewSeconds: number): Built {
  if (!hasTime(world)) return none(world)
  const label = `Signed ${Math.abs(skewSeconds)} s ${skewSeconds < 0 ? 'ago' : 'from now'}`
  return oneProbe(world, label, { skewSeconds })
}

function tamperedTimestamp(world: World): Built {
  const { timestamp, name } = world.scheme
  if (!timestamp) return none(world)
  return fromSigned(
    world,
    { skewSeconds: -2 },
    (request) => {
      const text = formatTimestamp(timestamp, world.now())
      return [['The timestamp of two seconds later', withTimestamp(world, request, text)]]
    },
    `The timestamp of ${name} stands in its token.`,
  )
}

/** Signed over these texts; those that the signer does not write as given are left out. */
function withTexts(world: World, texts: readonly (readonly [string, string])[]): Built {
  if (!world.scheme.timestamp) return none(world)
  const made = texts.map(([label, timestampText]) => {
    const request = signedRequest(world, { timestampText })
    const isThere =
      'problem' in request || readingOf(world, request).timestampText === timestampText
    return [label, isThere ? request : null] as const
  })
  return probesOf(made)
}

function otherUnit(world: World): Built {
  const { timestamp, name } = world.scheme
  if (!timestamp) return none(world)
  const nowMs = world.now()
  if (timestamp.unit === 's') {
    return withTexts(world, [['Milliseconds instead of seconds', String(nowMs)]])
  }
  if (timestamp.unit === 'ms' || timestamp.unit === 's-or-ms' || timestamp.unit === 'any') {
    return withTexts(world, [['Seconds instead of milliseconds', String(Math.floor(nowMs / 1000))]])
  }
  return { skipped: `The timestamps of ${name} are dates, not numbers.` }
}

/** An old delivery, with the time of now beside its own. */
function twoTimestamps(world: World): Built {
  const { timestamp, tolerance } = world.scheme
  if (!timestamp) return none(world)
  const past = tolerance?.pastSeconds ?? DAY
  const old = signedRequest(world, { skewSeconds: -(past + 120) })
  if ('problem' in old) return { skipped: old.problem }
  const signed = readingOf(world, old).timestampText
  const fresh = formatTimestamp(timestamp, world.now())
  if (signed === null) return none(world)
  const twice = 'header' in timestamp.place ? headerTwice : fieldTwice
  const made = probesOf([
    ['The old timestamp that is signed, then a fresh one', twice(world, old, signed, fresh)],
    ['A fresh timestamp, then the old one that is signed', twice(world, old, fresh, signed)],
  ])
  if (!('skipped' in made)) return made
  return { skipped: `There is only one place for the timestamp of ${world.scheme.name}.` }
}

function headerTwice(world: World, old: OutgoingRequest, one: string, other: string) {
  return withHeaderTwice(old, headerIn(world, old), [one, other])
}

/** Two entries of that name in the signature's header. */
function fieldTwice(
  world: World,
  old: OutgoingRequest,
  one: string,
  other: string,
): OutgoingRequest | null {
  const { signature, timestamp } = world.scheme
  const { pair, list } = signature
  const { signatureText, timestampText } = readingOf(world, old)
  if (!timestamp || !('field' in timestamp.place)) return null
  if (pair === undefined || list === undefined || signatureText === null) return null
  const begin = `${timestamp.place.field}${pair}`
  const both = `${begin}${one}${list}${begin}${other}`
  const text = signatureText.replace(`${begin}${timestampText ?? ''}`, both)
  return withValueAt(old, signature.place, text)
}

/** The name, in lower case, under which the timestamp went out. */
function headerIn({ scheme }: World, request: OutgoingRequest): string {
  const place = scheme.timestamp?.place
  if (!place || !('header' in place)) return ''
  const names = [place.header, ...(place.also ?? [])].map((name) => name.toLowerCase())
  return (
    names.find((name) => request.rawHeaders.some(([each]) => each.toLowerCase() === name)) ?? ''
  )
}
