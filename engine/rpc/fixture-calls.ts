import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import { isCredential } from '#contract/credential.ts'
import type { Delivery } from '#contract/delivery.ts'
import type { FixtureResult, RunFixtures, SaveFixtures } from '#contract/fixture.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { maskHead } from '#engine/interchange/redact/mask-head.ts'
import { Redactor } from '#engine/interchange/redact/redactor.ts'
import {
  ensureFolder,
  listFixtures,
  standsThere,
  writeFixture,
  type ListedFixture,
} from '#engine/replay/fixtures/fixture-folder.ts'
import { nameOf, safeName } from '#engine/replay/fixtures/fixture-name.ts'
import { fixtureOf, MOST_FIXTURE_BYTES } from '#engine/replay/fixtures/fixture-of.ts'
import { runFixture, type FixtureRun } from '#engine/replay/fixtures/run-fixture.ts'
import { assertMaySend } from './host-calls.ts'
import type { Rooms } from './rooms.ts'

const TIMEOUT_MS = 30_000

interface Saved {
  files: string[]
  warnings: string[]
}

/** How a delivery is signed: by its endpoint, else by the scheme that it betrayed. */
function signsOf({ roster }: Rooms, { endpointId, verification }: Delivery) {
  const { schemeId, settings, ownSchemes } = roster.profileOf(endpointId)
  const id = schemeId ?? verification.schemeId
  const scheme = id === null ? null : findScheme(id, ownSchemes)
  return scheme && { scheme, settings }
}

async function bodyOf(
  { reads }: Rooms,
  { id, bodyByteLength }: Delivery,
): Promise<Uint8Array | null> {
  return reads.run('body', { id, offset: 0, length: Math.max(1, bodyByteLength) })
}

/** Why a delivery cannot become a fixture is a warning; the others are saved. */
async function save(rooms: Rooms, input: SaveFixtures): Promise<Saved | { problem: string }> {
  const { deliveryIds, dir, name, redaction } = input
  if (name !== undefined && deliveryIds.length > 1) {
    return { problem: 'One name is for one delivery; leave it out to name them by themselves.' }
  }
  const redactor = redaction ? Redactor.make({ ...redaction, resign: true }) : null
  if (redactor && 'problem' in redactor) return redactor
  const problem = await ensureFolder(dir)
  if (problem !== null) return { problem }
  const saved: Saved = { files: [], warnings: [] }
  for (const id of deliveryIds) {
    const written = await saveOne(rooms, { id, dir, name, redactor, warnings: saved.warnings })
    if ('problem' in written) saved.warnings.push(`Delivery ${id}: ${written.problem}`)
    else saved.files.push(written.file)
  }
  for (const { schemeId, text } of redactor?.secrets() ?? []) {
    saved.warnings.push(`Signed (${schemeId}) with this throwaway secret: ${text}`)
  }
  saved.warnings.push(...(redactor?.closing() ?? []))
  return saved
}

interface SavingOne {
  id: number
  dir: string
  name: string | undefined
  redactor: Redactor | null
  warnings: string[]
}

async function saveOne(
  rooms: Rooms,
  { id, dir, name, redactor, warnings }: SavingOne,
): Promise<{ file: string } | { problem: string }> {
  const delivery = await rooms.reads.run('get', { id })
  if (!delivery) return { problem: 'it is not there any more.' }
  if (delivery.bodyByteLength > MOST_FIXTURE_BYTES) {
    return { problem: 'its body is larger than 16 MiB, too large for a fixture.' }
  }
  if (delivery.method === '') return { problem: 'it is no readable HTTP request.' }
  const body = await bodyOf(rooms, delivery)
  if (!body) return { problem: 'its body is missing.' }
  const signs = signsOf(rooms, delivery)
  // A token or password is the secret itself: it never goes into a file of a project.
  const isSecret = signs !== null && isCredential(signs.scheme)
  const tool = redactor ?? (isSecret ? tokenRedactor() : null)
  const made = tool ? redacted(tool, delivery, body, signs, warnings) : { delivery, body }
  if (!tool) warnOfCredentials(delivery, warnings)
  const file = name === undefined ? nameOf(made.delivery) : safeName(name)
  // The verdict is the original's: what was right is signed anew, what was not goes out as it is.
  const judged = { ...made.delivery, verification: delivery.verification }
  const fixture = fixtureOf(judged, made.body, signs)
  const before = await standsThere(dir, file)
  const accepted = before.kind === 'fixture' ? (before.fixture?.accepted ?? null) : null
  return writeFixture(dir, file, { ...fixture, accepted })
}

function tokenRedactor(): Redactor {
  const made = Redactor.make({ jsonPaths: [], headers: [], resign: true })
  if ('problem' in made) throw new Error(made.problem)
  return made
}

function warnOfCredentials({ id, target, rawHeaders }: Delivery, warnings: string[]): void {
  const { values } = maskHead({ target, rawHeaders }, new Set())
  if (values.length === 0) return
  warnings.push(`Delivery ${id} holds credentials, and so does its file; redact it to mask them.`)
}

function redacted(
  redactor: Redactor,
  delivery: Delivery,
  body: Uint8Array,
  signs: ReturnType<typeof signsOf>,
  warnings: string[],
): { delivery: Delivery; body: Uint8Array } {
  const { exported, notices } = redactor.redact(
    { delivery, body: { byteLength: body.byteLength, chunks: () => [body] }, replays: [] },
    {
      name: delivery.endpointName ?? 'Catch-all',
      scheme: signs?.scheme ?? null,
      settings: signs?.settings ?? {},
    },
  )
  for (const notice of notices) if (!warnings.includes(notice)) warnings.push(notice)
  return { delivery: exported.delivery, body: Buffer.concat([...exported.body.chunks()]) }
}

/** With what the fixtures of a scheme are signed: given secrets, then those of the endpoint. */
function signingFor(rooms: Rooms, input: RunFixtures): FixtureRun['signingFor'] {
  const given = input.secretTexts.map((text, at) => ({ id: null, name: `secret ${at + 1}`, text }))
  return (schemeId) => {
    const scheme = rooms.schemes.find(schemeId)
    if (!scheme) return { problem: `There is no scheme “${schemeId}” here.` }
    const profile = input.endpointId === null ? null : rooms.roster.profileOf(input.endpointId)
    if (!profile || profile.schemeId !== schemeId) {
      if (given.length > 0) return { scheme, secrets: given, lockedSecrets: false, settings: {} }
      const whose = profile ? 'The endpoint has another scheme. ' : ''
      return { problem: `${whose}There is no secret to sign ${scheme.name} with.` }
    }
    const { secrets, lockedSecrets, settings } = profile
    // A given secret wins, as it does for replays.
    return { scheme, secrets: given.length > 0 ? given : secrets, lockedSecrets, settings }
  }
}

async function runOne(
  { name, fixture, problem }: ListedFixture,
  run: FixtureRun,
  input: RunFixtures,
): Promise<FixtureResult> {
  if (!fixture) {
    const nothing = { differences: [], status: null, totalMs: null }
    return { name, outcome: 'unreadable', error: problem, ...nothing }
  }
  const { result, accepted } = await runFixture(name, fixture, run)
  if (!input.update || !accepted) return result
  const written = await writeFixture(input.dir, name, { ...fixture, accepted })
  if ('problem' in written) return { ...result, outcome: 'failed', error: written.problem }
  return { ...result, outcome: 'passed' }
}

/** Deliveries as files of a project, and what a handler answers to them today. */
export function fixtureCalls(rooms: Rooms) {
  const os = implement(api).fixtures
  return {
    save: os.save.handler(async ({ input, errors }) => {
      const saved = await save(rooms, input)
      if ('problem' in saved) throw errors.BAD_REQUEST({ message: saved.problem })
      return saved
    }),
    list: os.list.handler(async ({ input: { dir }, errors }) => {
      const listed = await listFixtures(dir)
      if ('problem' in listed) throw errors.BAD_REQUEST({ message: listed.problem })
      return listed
    }),
    run: os.run.handler(async ({ input, errors, signal }) => {
      assertMaySend(rooms, input.url, errors)
      const listed = await listFixtures(input.dir)
      if ('problem' in listed) throw errors.BAD_REQUEST({ message: listed.problem })
      const { url, verifyTls } = input
      const results: FixtureResult[] = []
      for (const each of listed) {
        if (signal?.aborted) break
        const run: FixtureRun = {
          ...{ url, verifyTls, timeoutMs: TIMEOUT_MS, nowMs: Date.now() },
          signingFor: signingFor(rooms, input),
          ...(signal && { signal }),
        }
        results.push(await runOne(each, run, input))
      }
      return results
    }),
  }
}
