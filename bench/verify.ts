import { createHmac, timingSafeEqual } from 'node:crypto'
import { contextOf, inMemory, makeRequest } from '#engine/signatures/made-request.ts'
import { verdictOf, verify } from '#engine/signatures/verify.ts'

/**
 * `npm run bench -- verify`: one verification against the bare node:crypto HMAC of the same bytes
 * with the same key object, compared in constant time, in turns in one process. `verdict` is the
 * verdict and its reason; `whole` is everything that is stored: ids, event type, notices. Ratios are
 * medians over the rounds.
 */
const SIZES = [1024, 10 * 1024, 100 * 1024]
const SCHEMES = ['svix', 'stripe', 'github', 'novu', 'notifykit', 'slack']
const ROUNDS = 15
const MILLISECONDS = 60

export async function benchVerify(): Promise<void> {
  const rows = SCHEMES.flatMap((id) => SIZES.map((bytes) => measure(id, bytes)))
  for (const row of rows) console.log(JSON.stringify(row))
  const atTen = rows.filter((row) => row.bodyBytes === 10 * 1024)
  const verdict = Object.fromEntries(atTen.map((row) => [row.scheme, row.verdictRatio]))
  const whole = Object.fromEntries(atTen.map((row) => [row.scheme, row.wholeRatio]))
  console.log(JSON.stringify({ at10KiB: { verdict, whole }, aim: 1.5 }))
}

/** By scheme: the verdict on 10 KiB as a multiple of the bare digest. */
export function verdictRatios(): Record<string, number> {
  return Object.fromEntries(SCHEMES.map((id) => [id, measure(id, 10 * 1024).verdictRatio]))
}

/** A body of a webhook's shape: many small members, valid JSON. */
function bodyOf(bytes: number): Uint8Array {
  const items: unknown[] = []
  const whole = { id: 'evt_bench', type: 'invoice.paid', created: 1760000000, data: items }
  let length = JSON.stringify(whole).length
  for (let index = 0; length < bytes; index++) {
    const item = { id: `in_${index}`, amount: index * 100, currency: 'eur', note: 'Grüße, paid' }
    items.push(item)
    length += Buffer.byteLength(JSON.stringify(item)) + 1
  }
  return Buffer.from(JSON.stringify(whole))
}

function measure(id: string, bodyBytes: number) {
  const made = makeRequest(id, { body: bodyOf(bodyBytes) })
  const context = contextOf(made)
  const body = inMemory(made.body)
  if (verify(context, body).verdict !== 'valid') throw new Error(`${id} does not verify.`)
  const before = Buffer.from('1760000000.')
  const digest = createHmac('sha256', made.secret.key).update(before).update(made.body).digest()
  const bare = () => {
    const made256 = createHmac('sha256', made.secret.key).update(before).update(made.body).digest()
    if (!timingSafeEqual(made256, digest)) throw new Error('The bare digest differs.')
  }
  const verdict = () => {
    if (verdictOf(context, body).verdict !== 'valid') throw new Error(`${id} does not verify.`)
  }
  const whole = () => {
    if (verify(context, body).verdict !== 'valid') throw new Error(`${id} does not verify.`)
  }
  const rounds = Array.from({ length: ROUNDS }, () => ({
    bare: time(bare),
    verdict: time(verdict),
    whole: time(whole),
  })).slice(3)
  return {
    scheme: id,
    bodyBytes,
    bareMicros: median(rounds.map((one) => one.bare)),
    verdictMicros: median(rounds.map((one) => one.verdict)),
    wholeMicros: median(rounds.map((one) => one.whole)),
    verdictRatio: median(rounds.map((one) => one.verdict / one.bare)),
    wholeRatio: median(rounds.map((one) => one.whole / one.bare)),
  }
}

/** Microseconds a call. */
function time(call: () => void): number {
  const end = performance.now() + MILLISECONDS
  const start = performance.now()
  let calls = 0
  while (performance.now() < end) {
    for (let index = 0; index < 10; index++) call()
    calls += 10
  }
  return round(((performance.now() - start) * 1000) / calls)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN)
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
