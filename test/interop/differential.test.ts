/**
 * The providers' own packages against our engine over requests that were damaged or rewritten on
 * purpose. Whatever the two decide differently must have a notice or stand in `differences.ts` with
 * its reason; above all we never say `valid` of what the package refuses. The clock stands still.
 */
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { ourVerification, sdkAccepts, signedByUs } from './both.ts'
import { cases } from './cases.ts'
import { acceptedByPackage, refusedByPackage, rewritingsOf } from './differences.ts'
import type { InteropCase, InteropRequest } from './interop-case.ts'
import { contentMutations, headerMutations, requestMutations } from './mutations.ts'

const NOW = Date.UTC(2026, 5, 1)
const EDGES_MS = [-1000, -500, -1, 0, 1, 500, 999, 1000, 1001]

/** Their cryptography is written in JavaScript: they get a part of what the others get. */
const SLOW: Record<string, number> = { telnyx: 9, sendgrid: 5 }

/** The caller hands bodies over as text here, so that these are lost on the way. */
const LOST_AS_TEXT = /UTF-8|byte-order/
/** What is signed is well-formed; that packages parse what they get has notices. */
const NOT_SIGNED = /cut short|body: empty|UTF-8|byte-order/

interface Attempt {
  mutation: string
  request: InteropRequest
  atMs: number
}

async function* attemptsOn(each: InteropCase): AsyncGenerator<Attempt> {
  const atMs = NOW
  const signed = await each.sign(each.request)
  for (const { name, change } of requestMutations) {
    yield { mutation: name, request: change(signed), atMs }
  }
  for (const header of signedHeaders(each.request, signed)) {
    for (const { name, change } of headerMutations(header)) {
      yield { mutation: name, request: change(signed), atMs }
    }
  }
  for (const { name, change } of mutationsFor(each.request)) {
    yield { mutation: name, request: change(signed), atMs }
    if (NOT_SIGNED.test(name)) continue
    const theirs = await signedByThem(each, change(each.request))
    if (theirs) yield { mutation: name, request: theirs, atMs }
    const ours = signedByUs(each, change(each.request))
    if (ours) yield { mutation: name, request: ours, atMs }
  }
  yield* atTheEdges(each, signed)
}

function* atTheEdges(each: InteropCase, request: InteropRequest): Generator<Attempt> {
  const { pastSeconds, futureSeconds } = findScheme(each.scheme)?.tolerance ?? {}
  for (const [side, seconds] of [
    ['+', pastSeconds],
    ['-', futureSeconds],
  ] as const) {
    if (typeof seconds !== 'number') continue
    for (const ms of EDGES_MS) {
      const atMs = NOW + Number(`${side}${seconds}`) * 1000 + ms
      yield { mutation: `clock ${side}${seconds} s ${ms} ms`, request, atMs }
    }
  }
}

/** What signing added, and what else is signed. */
function signedHeaders(before: InteropRequest, after: InteropRequest): string[] {
  const known = new Set(before.rawHeaders.map(([name, value]) => `${name}: ${value}`))
  return after.rawHeaders
    .filter(([name, value]) => !known.has(`${name}: ${value}`) || /nonce|-id$/i.test(name))
    .map(([name]) => name.toLowerCase())
}

function mutationsFor({ rawHeaders }: InteropRequest) {
  const isForm = rawHeaders.some(([, value]) => value.endsWith('urlencoded'))
  return contentMutations.filter(({ name }) => isForm || !name.startsWith('form:'))
}

/** `null`: their signer wants other bodies. */
async function signedByThem(each: InteropCase, request: InteropRequest) {
  try {
    return await each.sign(request)
  } catch {
    return null
  }
}

/** `null`: they agree, or a notice says that they do not. */
async function difference(each: InteropCase, { request, atMs }: Attempt) {
  vi.setSystemTime(atMs)
  const accepted = await sdkAccepts(each, request)
  const { verdict, notices } = ourVerification(each, request)
  if (accepted === (verdict === 'valid') || notices.length > 0) return null
  return accepted ? 'accepted' : 'refused'
}

const mayBeRefused = ({ scheme }: InteropCase, mutation: string) =>
  refusedByPackage[scheme]?.mutations.includes(mutation) ?? false

function mayBeAccepted({ scheme }: InteropCase, mutation: string): boolean {
  const { lax = [], mutations = [] } = acceptedByPackage[scheme] ?? {}
  return mutations.includes(mutation) || lax.some((each) => rewritingsOf(each).includes(mutation))
}

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  // Some of them print what they refuse.
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, name).mockImplementation(() => undefined)
  }
})
afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe.each(cases)('$scheme with $sdk', (each) => {
  test('one change: the two agree, or it is known why not', async () => {
    const unexplained: string[] = []
    let count = 0
    for await (const attempt of attemptsOn(each)) {
      if (count++ % (SLOW[each.scheme] ?? 1) !== 0) continue
      const { mutation } = attempt
      const found = await difference(each, attempt)
      const explained = found === 'refused' ? mayBeRefused : mayBeAccepted
      if (found && !explained(each, mutation)) unexplained.push(`${found}: ${mutation}`)
    }
    expect(unexplained).toEqual([])
  })

  test('two changes: nothing that the package refuses is valid', async () => {
    vi.setSystemTime(NOW)
    const signed = await each.sign(each.request)
    const all = [
      ...signedHeaders(each.request, signed).flatMap(headerMutations),
      ...mutationsFor(each.request).filter(({ name }) => !LOST_AS_TEXT.test(name)),
      ...requestMutations,
    ]
    const any = fc.constantFrom(...all)
    const run = async (first: (typeof all)[number], second: (typeof all)[number]) => {
      const request = second.change(first.change(signed))
      const found = await difference(each, { mutation: '', request, atMs: NOW })
      if (found !== 'refused') return
      expect([first.name, second.name].some((name) => mayBeRefused(each, name))).toBe(true)
    }
    const numRuns = each.scheme in SLOW ? 10 : 60
    await fc.assert(fc.asyncProperty(any, any, run), { seed: 20_260_601, numRuns })
  })
})

test('what is listed is of schemes that are judged here', () => {
  const judged = new Set(cases.map(({ scheme }) => scheme))
  const listed = [...Object.keys(refusedByPackage), ...Object.keys(acceptedByPackage)]
  expect(listed.filter((scheme) => !judged.has(scheme))).toEqual([])
})
