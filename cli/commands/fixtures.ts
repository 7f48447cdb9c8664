import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isDefinedError, safe } from '@orpc/client'
import type { ApiClient } from '#contract/client.ts'
import type { FixtureResult } from '#contract/fixture.ts'
import { allowingRemote } from '#cli/allow-remote.ts'
import type { CommonOptions, Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { messageOf, runtimeFailure, usageFailure } from '#cli/failure.ts'
import { readSecrets, type SecretSource } from '#cli/secret-sources.ts'
import { withSession } from '#cli/session.ts'
import { fixturesJunit, fixtureSentences } from '#engine/replay/fixtures/fixture-junit.ts'

export interface SaveOptions extends CommonOptions {
  dir: string
  name?: string
  redact: readonly string[]
  redactHeader: readonly string[]
  json?: boolean
}

/** `countersign fixtures save`: deliveries as files of a project. Exit 1 when none was written. */
export async function saveFixtures(
  context: Context,
  ids: readonly number[],
  options: SaveOptions,
): Promise<void> {
  const { redact, redactHeader, name } = options
  const masks = redact.length + redactHeader.length > 0
  await withSession(options.dataDir, async (client) => {
    const { error, data } = await safe(
      client.fixtures.save({
        deliveryIds: [...ids],
        dir: path.resolve(options.dir),
        ...(name !== undefined && { name }),
        ...(masks && { redaction: { jsonPaths: [...redact], headers: [...redactHeader] } }),
      }),
    )
    if (isDefinedError(error) && error.code === 'BAD_REQUEST') {
      throw usageFailure(escapeTerminal(error.message))
    }
    if (error) throw error
    for (const warning of data.warnings) context.output.note(escapeTerminal(warning))
    if (options.json) context.output.json(data)
    else for (const file of data.files) context.output.line(escapeTerminal(file))
    if (data.files.length === 0) throw runtimeFailure('No fixture was written.')
  })
}

export interface TestOptions extends CommonOptions {
  to: string
  endpoint?: string
  secretSources: readonly SecretSource[]
  update?: boolean
  junit?: string
  allowRemote?: boolean
  insecure?: boolean
  json?: boolean
}

/**
 * `countersign test`: sends the fixtures of a folder to a handler and compares its answers. Exit 0
 * when all pass, 1 when one does not, 2 for wrong use (no such folder, no fixtures in it).
 */
export async function testFixtures(
  context: Context,
  dir: string,
  options: TestOptions,
): Promise<number> {
  const secrets = await readSecrets(options.secretSources, context.env, context.stdin)
  const results = await withSession(options.dataDir, (client) =>
    run(
      client,
      path.resolve(dir),
      options,
      secrets.map(({ text }) => text),
    ),
  )
  if (results.length === 0) throw usageFailure(`There are no fixtures in ${escapeTerminal(dir)}.`)
  for (const result of results) {
    if (options.json) context.output.json(result)
    else for (const line of resultLines(result, options.update)) context.output.line(line)
  }
  const failed = results.filter(({ outcome }) => outcome !== 'passed').length
  if (!options.json) context.output.line(summary(results.length, failed, options.update))
  if (options.junit !== undefined) await writeJunit(options.junit, options.to, results)
  return failed === 0 ? 0 : 1
}

async function run(
  client: ApiClient,
  dir: string,
  options: TestOptions,
  secretTexts: string[],
): Promise<FixtureResult[]> {
  const { to: url, endpoint, update = false, insecure } = options
  const endpointId = endpoint === undefined ? null : await endpointNamed(client, endpoint)
  const asked = { dir, url, endpointId, secretTexts, verifyTls: !insecure, update }
  const { error, data } = await allowingRemote(client, url, options.allowRemote, () =>
    safe(client.fixtures.run(asked)),
  )
  if (isDefinedError(error) && error.code === 'HOST_NOT_ALLOWED') {
    throw usageFailure(`${error.message} --allow-remote does. Nothing was sent.`)
  }
  if (isDefinedError(error) && error.code === 'BAD_REQUEST') {
    throw usageFailure(escapeTerminal(error.message))
  }
  if (error) throw error
  return data
}

async function endpointNamed(client: ApiClient, name: string): Promise<number> {
  const all = await client.endpoints.list()
  const found = all.find((one) => one.name === name || String(one.id) === name)
  if (found) return found.id
  throw usageFailure(escapeTerminal(`There is no endpoint “${name}”.`))
}

const MARKS = { passed: 'ok', failed: 'FAILED', new: 'NEW', unreadable: 'UNREADABLE' } as const

function resultLines(result: FixtureResult, update = false): string[] {
  const { name, outcome, status, totalMs, differences } = result
  const came = status === null ? '' : `  ${status} in ${Math.round(totalMs ?? 0)} ms`
  const why = update && outcome === 'passed' ? differences : fixtureSentences(result)
  return [
    `${MARKS[outcome].padEnd(10)} ${escapeTerminal(name)}${came}`,
    ...why.map((sentence) => `           ${escapeTerminal(sentence)}`),
  ]
}

function summary(total: number, failed: number, update = false): string {
  const fixtures = total === 1 ? '1 fixture' : `${total} fixtures`
  if (update)
    return `${fixtures}, ${total - failed} accepted${failed === 0 ? '' : `, ${failed} not`}.`
  return failed === 0 ? `${fixtures} passed.` : `${fixtures}, ${failed} did not pass.`
}

async function writeJunit(file: string, url: string, results: FixtureResult[]): Promise<void> {
  try {
    await writeFile(file, fixturesJunit(url, results))
  } catch (error) {
    throw usageFailure(escapeTerminal(`${file} cannot be written: ${messageOf(error)}`))
  }
}
