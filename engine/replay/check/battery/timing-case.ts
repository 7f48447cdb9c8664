import { randomInt } from 'node:crypto'
import { isCredential } from '#contract/credential.ts'
import { changeSignature } from '#engine/replay/check/edits.ts'
import type { Acted, ActionCase } from '#engine/replay/check/outcome.ts'
import { comparePairs, type PairedTimes } from '#engine/replay/check/paired-times.ts'
import { signedRequest } from '#engine/replay/check/sign-request.ts'
import type { Sent, Stage } from '#engine/replay/check/stage.ts'
import type { World } from '#engine/replay/check/world.ts'
import { usesPublicKey } from '#engine/signatures/secret.ts'

const PAIRS = 240
const WARM_UP = 8
const MOST_MS = 12_000

export const timingCase: ActionCase = {
  id: 'behaves.constant-time',
  group: 'behaves',
  title: 'The time of the comparison does not tell how much of a signature is right',
  why: 'A comparison that stops at the first difference takes longer the more is right. Measured often enough, that gives a signature away character by character.',
  fix: 'Compare with `crypto.timingSafeEqual` (or `hmac.compare_digest`, `hash_equals`, `subtle.ConstantTimeCompare`), never with `===`.',
  expected:
    'Signatures that are wrong at their beginning and at their end take equally long to refuse.',
  unless: ({ scheme }) =>
    usesPublicKey(scheme) || scheme.jwt
      ? `Nothing secret is compared: a receiver of ${scheme.name} checks with a ${scheme.jwt && !usesPublicKey(scheme) ? 'token library' : 'public key'}.`
      : null,
  act: measure,
}

/** Interleaved, each pair in an order of chance, so that what slows down one slows down the other. */
async function measure(stage: Stage): Promise<Acted> {
  const pairs: [number, number][] = []
  const kept: Sent[] = []
  const endAt = performance.now() + MOST_MS
  for (let round = 0; round < PAIRS + WARM_UP; round++) {
    if (stage.signal.aborted || performance.now() > endAt) break
    const pair = await sendPair(stage)
    if (!pair) break
    if (round === WARM_UP) kept.push(pair.early, pair.late)
    if (round >= WARM_UP) pairs.push([waited(pair.early), waited(pair.late)])
  }
  const exchanges = kept.map(({ exchange }) => exchange)
  const compared = comparePairs(pairs)
  if (compared.leaks) return { outcome: 'failed', found: leakSentence(compared), exchanges }
  return { outcome: 'unsure', found: openSentence(compared), exchanges }
}

async function sendPair(stage: Stage): Promise<{ early: Sent; late: Sent } | null> {
  const requests = pairOf(stage.world)
  if (!requests) return null
  const sendEarly = () => stage.send('Wrong at its beginning', requests.early)
  const sendLate = () => stage.send('Wrong at its end', requests.late)
  const earlyFirst = randomInt(2) === 0
  const first = await (earlyFirst ? sendEarly() : sendLate())
  const second = await (earlyFirst ? sendLate() : sendEarly())
  if (first.status === null || second.status === null) return null
  return earlyFirst ? { early: first, late: second } : { early: second, late: first }
}

function pairOf(world: World) {
  const request = signedRequest(world)
  if ('problem' in request) return null
  const credential = isCredential(world.scheme)
  const early = changeSignature(world, request, (text) => changedAt(text, 0))
  const late = changeSignature(world, request, (text) => {
    // In front of the padding of base64, whose last character does not count whole.
    const end = text.replace(/=+$/, '').length
    return changedAt(text, end - (credential ? 1 : 3))
  })
  return early && late ? { early, late } : null
}

function changedAt(text: string, at: number): string | null {
  const char = text[at]
  if (char === undefined) return null
  return text.slice(0, at) + (char === 'a' ? 'b' : 'a') + text.slice(at + 1)
}

/** From the connection to the first byte of the answer. */
function waited({ timings }: Sent): number {
  return (timings.firstByteMs ?? timings.totalMs) - (timings.tlsMs ?? timings.connectMs ?? 0)
}

function microseconds(ms: number): string {
  return `${Math.round(ms * 1000).toLocaleString('en')} µs`
}

function measured({ pairs, medianMs, fromMs, toMs }: PairedTimes): string {
  const between = `between ${microseconds(fromMs)} and ${microseconds(toMs)}`
  return `Over ${pairs} pairs of requests the median difference was ${microseconds(medianMs)} (with 99 % certainty ${between}).`
}

function leakSentence(compared: PairedTimes): string {
  const share = `${Math.round(compared.laterShare * 100)} %`
  return `A signature that is wrong only at its end was refused later in ${share} of the pairs, which chance does less than once in a million times. ${measured(compared)}`
}

function openSentence(compared: PairedTimes): string {
  if (compared.pairs === 0) return 'Nothing could be measured: the handler did not answer.'
  return `${measured(compared)} No leak was seen, but a network hides small ones, so this is no proof that there is none: look at the comparison in your code.`
}
